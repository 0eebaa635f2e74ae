-- The notices and mails of a lot of archives, by who knows every word of them.
WITH lote AS (
  SELECT e.id, e.gestion, g.estado, g.solicitante_id, g.asignada_a_id, u.email
  FROM bitacora_evento e JOIN tramites_gestion g ON g.numero = e.gestion JOIN cuentas_usuario u ON u.id = g.solicitante_id
  WHERE e.id BETWEEN %(desde)s AND %(hasta)s),
titulares AS (
  INSERT INTO notificaciones_notificacion (evento_id, gestion, plantilla, contexto, asunto, destinatario_id, creada_en)
  SELECT id, gestion, 'archivada', jsonb_build_object('fecha', '12-12-2024', 'hora', '10:00:00', 'estado', estado,
    'boton', 'Ver mi Gestión', 'enlace', '/gestiones/' || gestion || '/', 'plazo', 'seis meses', 'borrador', false),
    'Gestión No. ' || gestion || ': archivada', solicitante_id, %(ahora)s
  FROM lote),
analistas AS (
  INSERT INTO notificaciones_notificacion (evento_id, gestion, plantilla, contexto, asunto, destinatario_id, creada_en)
  SELECT id, gestion, 'archivada_onsec', jsonb_build_object('fecha', '12-12-2024', 'hora', '10:00:00', 'estado', estado,
    'boton', 'Abrir la Gestión', 'enlace', '/revision/' || gestion || '/'),
    'Gestión No. ' || gestion || ': se archivó por plazo', asignada_a_id, %(ahora)s
  FROM lote WHERE asignada_a_id IS NOT NULL)
INSERT INTO notificaciones_correo (evento_id, gestion, plantilla, contexto, asunto, destinatario_id, para, estado, intentos,
    proximo_intento_en, ultimo_error, message_id, creado_en)
SELECT id, gestion, 'archivada', jsonb_build_object('fecha', '12-12-2024', 'hora', '10:00:00', 'estado', estado,
    'boton', 'Ver mi Gestión', 'enlace', '/gestiones/' || gestion || '/', 'plazo', 'seis meses', 'borrador', false),
    'Gestión No. ' || gestion || ': archivada', solicitante_id, email, 'pendiente', 0, now(), '',
    '<' || gen_random_uuid() || '@localhost>', %(ahora)s
FROM lote
