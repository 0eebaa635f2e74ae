-- So many of each thing that the portal keeps, and nothing to do about any of them today.
INSERT INTO cuentas_usuario (id, password, usuario, tipo, papel, cui, email, primer_nombre, segundo_nombre,
    primer_apellido, segundo_apellido, is_active, creado_en, generacion)
SELECT 1000000 + i, '!', 'h' || i, 'ciudadano', '', 'h' || i, 'h' || i || '@demo.gt', 'ANA', '', 'BATZ', '', true,
    now(), 0
FROM generate_series(1, :filas) i;
INSERT INTO tramites_gestion (numero, tramite, tramite_version, solicitante_id, ficha, estado, version, meses_archivo,
    creada_en, recibida_en, admitida_en, ultima_accion_en, ciclo, asignada_a_id, asignada_en, causa_archivo,
    estado_al_archivar, titular_nombre, titular_busqueda, titular_cui)
SELECT 1000000 + i, 'invalidez', 1, 1000000 + i, gen_random_uuid(), 'ADMITIDA', 1, 6, m, m, m, m, 1, :analista, m, '', '',
    'ANA BATZ', 'ana batz', 'h' || i
FROM generate_series(1, :filas) i, LATERAL (SELECT now() - i * interval '1 hour') AS hace (m);
INSERT INTO bitacora_evento (id, tipo, ocurrido_en, papel, gestion, datos, resumen)
SELECT 1000000 + i, CASE WHEN i % 50 = 0 THEN 'aviso_fallido' ELSE 'paso_guardado' END,
    now() - i * interval '1 hour', 'sistema', 1000000 + i, '{}', md5(i::text)
FROM generate_series(1, :filas) i;
INSERT INTO bitacora_sello (n, evento_id, anterior, huella)
SELECT i, 1000000 + i, md5(i::text), md5(i::text) FROM generate_series(1, :filas) i;
DELETE FROM bitacora_porsellar;
INSERT INTO tramites_avisoarchivo (ciclo, dias, entregado_en, gestion_id, evento_id)
SELECT 1, 7, now(), 1000000 + i, 1000000 + i FROM generate_series(1, :filas) i;
INSERT INTO notificaciones_notificacion (evento_id, gestion, destinatario_id, plantilla, asunto, contexto, creada_en)
SELECT 1000000 + i, 1000000 + i, 1000000 + i, 'archivada', 'x', '{}', now() FROM generate_series(1, :filas) i;
INSERT INTO notificaciones_correo (evento_id, gestion, destinatario_id, plantilla, asunto, contexto, para, estado,
    intentos, proximo_intento_en, tomado_en, enviado_en, ultimo_error, message_id, creado_en)
SELECT 1000000 + i, 1000000 + i, 1000000 + i, 'archivada', 'x', '{}', 'h@demo.gt', 'enviado', 1, now(), now(), now(),
    '', 'h' || i, now()
FROM generate_series(1, :filas) i;
INSERT INTO django_session (session_key, session_data, expire_date)
SELECT 'h' || i, '', now() + interval '1 hour' FROM generate_series(1, :filas) i;
INSERT INTO cuentas_registro (id, cui, correo, clave, primer_nombre, segundo_nombre, primer_apellido, segundo_apellido,
    fecha_nacimiento, agente, pedido_en, correcciones)
SELECT gen_random_uuid(), 'h', 'h@demo.gt', '', 'A', '', 'B', '', now(), '', now(), 0 FROM generate_series(1, :filas);
INSERT INTO tramites_documento (id, gestion_id, renglon, archivo, nombre, sha256, tamano, paginas, ficha, subido_en)
SELECT gen_random_uuid(), 1000000 + i, 1, 'gestiones/' || 1000000 + i || '/x.pdf', 'x', '', 1, 1, gen_random_uuid(),
    now()
FROM generate_series(1, :filas) i;
INSERT INTO tramites_gestion (numero, tramite, tramite_version, solicitante_id, ficha, estado, version, meses_archivo,
    creada_en, ultima_accion_en, base_plazo, ciclo, archivar_el, causa_archivo, estado_al_archivar,
    titular_nombre, titular_busqueda, titular_cui)
SELECT 2000000 + i, 'invalidez', 1, 1000000 + i, gen_random_uuid(), 'CREACION', 1, 6, now(), now(), current_date, 1,
    current_date + 180, '', '', 'ANA BATZ', 'ana batz', 'h' || i
FROM generate_series(1, :filas) i;
