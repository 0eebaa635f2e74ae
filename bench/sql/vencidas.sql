-- So many Gestiones whose day came, told in time: drafts and returned ones, a third of them in somebody's hands.
INSERT INTO cuentas_usuario (id,password,usuario,tipo,papel,cui,email,primer_nombre,segundo_nombre,primer_apellido,segundo_apellido,is_active,creado_en,generacion)
 SELECT i,'!', '7'||lpad(i::text,12,'0'),'ciudadano','', '7'||lpad(i::text,12,'0'),'p'||i||'@x.example','ANA','','BATZ','',true,now(),0 FROM generate_series(1,(:filas / 2)) i;
INSERT INTO cuentas_usuario (id,password,usuario,tipo,papel,cui,email,primer_nombre,segundo_nombre,primer_apellido,segundo_apellido,is_active,creado_en,generacion)
 SELECT 10000000+i,'!','a'||i||'@x.example','personal',CASE WHEN i<18 THEN 'analista' ELSE 'jefatura' END, '8'||lpad(i::text,12,'0'),'a'||i||'@x.example','EVA','','COC','',true,now(),0 FROM generate_series(1,20) i;
INSERT INTO tramites_gestion (numero,tramite,tramite_version,solicitante_id,ficha,estado,version,meses_archivo,creada_en,recibida_en,ultima_accion_en,base_plazo,ciclo,archivar_el,asignada_a_id,asignada_en,notificada_en,causa_archivo,estado_al_archivar,titular_nombre,titular_busqueda,titular_cui)
 SELECT i,'invalidez',1,1+i%(:filas / 2),gen_random_uuid(),CASE WHEN i%3=0 THEN 'CREACION' ELSE 'OBSERVADA' END,3,6,'2024-06-11 12:00Z',CASE WHEN i%3=0 THEN NULL ELSE '2024-06-11 12:00Z'::timestamptz END,'2024-06-11 12:00Z','2024-06-11',1,'2024-12-12',
  CASE WHEN i%3=1 THEN 10000001+i%17 END, CASE WHEN i%3=1 THEN '2024-06-11 12:00Z'::timestamptz END, CASE WHEN i%3=0 THEN NULL ELSE '2024-06-11 12:00Z'::timestamptz END,'','','ANA BATZ','ana batz','7'||lpad((1+i%(:filas / 2))::text,12,'0') FROM generate_series(1,:filas) i;
INSERT INTO bitacora_evento (tipo,ocurrido_en,papel,gestion,datos,resumen)
 SELECT 'aviso_archivo','2024-12-04 12:00Z','sistema',i,'{}', encode(sha256(i::text::bytea),'hex') FROM generate_series(1,:filas) i;
INSERT INTO tramites_avisoarchivo (ciclo,dias,entregado_en,gestion_id,evento_id) SELECT 1,7,'2024-12-04 12:00Z',gestion,id FROM bitacora_evento;
