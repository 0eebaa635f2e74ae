-- What archiving a lot writes, by who knows beforehand every word of it: no rule is asked, nothing is read twice.
WITH lote AS MATERIALIZED (
  SELECT g.numero, g.estado, g.solicitante_id, g.asignada_a_id, g.meses_archivo FROM tramites_gestion g
  WHERE g.estado IN ('OBSERVADA','CREACION') AND g.base_plazo IS NOT NULL AND g.archivar_el <= '2024-12-12' AND g.numero > %(desde)s
   AND EXISTS (SELECT 1 FROM tramites_avisoarchivo a WHERE a.gestion_id=g.numero AND a.ciclo=g.ciclo AND a.entregado_en < '2024-12-06 06:00Z')
  ORDER BY numero LIMIT %(lote)s FOR UPDATE OF g SKIP LOCKED),
cerradas AS (
  UPDATE tramites_gestion g SET estado_al_archivar=g.estado, estado='ARCHIVADA', causa_archivo='plazo', archivada_en=%(ahora)s, ultimo_acto_en=%(ahora)s, version=version+1, en_cola_desde=NULL, base_plazo=NULL, archivar_el=NULL
  FROM lote WHERE g.numero=lote.numero RETURNING g.numero),
eventos AS (
  INSERT INTO bitacora_evento (tipo,ocurrido_en,papel,gestion,datos,resumen)
  SELECT 'archivada', %(ahora)s, 'sistema', numero, jsonb_build_object('causa','plazo','estado',estado),
   encode(sha256(convert_to('{"actor":null,"datos":{"causa":"plazo","estado":"'||estado||'"},"gestion":'||numero||',"ocurrido_en":"2024-12-12T16:00:00.000000+00:00","papel":"sistema","tipo":"archivada"}','UTF8')),'hex')
  FROM lote RETURNING id, gestion),
n1 AS (
  INSERT INTO notificaciones_notificacion (evento_id,gestion,plantilla,contexto,asunto,destinatario_id,creada_en)
  SELECT e.id,e.gestion,'archivada',jsonb_build_object('fecha','12-12-2024','hora','10:00:00','estado','Expediente Archivado','boton','Ver mi Gestión','enlace','/gestiones/'||e.gestion||'/','plazo','seis meses','borrador',l.estado='CREACION'),'Gestión No. '||e.gestion||': archivada',l.solicitante_id,%(ahora)s
  FROM eventos e JOIN lote l ON l.numero=e.gestion),
n2 AS (
  INSERT INTO notificaciones_notificacion (evento_id,gestion,plantilla,contexto,asunto,destinatario_id,creada_en)
  SELECT e.id,e.gestion,'archivada_onsec',jsonb_build_object('fecha','12-12-2024','hora','10:00:00','estado','Expediente Archivado','boton','Abrir la Gestión','enlace','/revision/'||e.gestion||'/'),'Gestión No. '||e.gestion||': se archivó por plazo',l.asignada_a_id,%(ahora)s
  FROM eventos e JOIN lote l ON l.numero=e.gestion WHERE l.asignada_a_id IS NOT NULL),
c AS (
  INSERT INTO notificaciones_correo (evento_id,gestion,plantilla,contexto,asunto,destinatario_id,para,estado,intentos,proximo_intento_en,ultimo_error,message_id,creado_en)
  SELECT e.id,e.gestion,'archivada',jsonb_build_object('fecha','12-12-2024','hora','10:00:00','estado','Expediente Archivado','boton','Ver mi Gestión','enlace','/gestiones/'||e.gestion||'/','plazo','seis meses','borrador',l.estado='CREACION'),'Gestión No. '||e.gestion||': archivada',l.solicitante_id,u.email,'pendiente',0,now(),'','<'||gen_random_uuid()||'@localhost>',%(ahora)s
  FROM eventos e JOIN lote l ON l.numero=e.gestion JOIN cuentas_usuario u ON u.id=l.solicitante_id)
SELECT max(numero), count(*) FROM lote
