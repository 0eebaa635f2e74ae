-- Events of the system as the office makes them, of a few kinds, a fifth with data of their own: each with its digest.
INSERT INTO bitacora_evento (tipo, ocurrido_en, papel, gestion, datos, resumen)
SELECT tipo, momento, 'sistema', n, CAST(datos AS jsonb), encode(sha256(convert_to(
    '{"actor":null,"datos":' || datos || ',"gestion":' || n || ',"ocurrido_en":"'
    || to_char(momento AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    || '","papel":"sistema","tipo":"' || tipo || '"}', 'UTF8')), 'hex')
FROM (
    SELECT n, %(ahora)s + n * interval '1 millisecond' AS momento,
        CASE WHEN n %% 10 < 4 THEN 'paso_guardado' WHEN n %% 10 < 8 THEN 'documento_cargado' ELSE 'aviso_entregado' END AS tipo,
        CASE WHEN n %% 10 < 8 THEN '{"renglon":' || n %% 8 || '}' ELSE '{"evento":' || n || '}' END AS datos
    FROM generate_series(1, %(cuantos)s) n
) AS fila
