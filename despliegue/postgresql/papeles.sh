#!/bin/sh
# The two roles of the database: POSTGRES_USER owns the tables and migrates; `ceo` serves pages and runs jobs.
# `ceo` reads and writes rows and nothing else: it can neither lift the log's triggers nor empty its tables.
# The image of PostgreSQL runs this once, on a new volume; on a database that exists it may be run again.
set -eu
psql --set ON_ERROR_STOP=1 --quiet --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set clave="$CLAVE_DEL_PORTAL" --set base="$POSTGRES_DB" <<'SQL'
SELECT 'CREATE ROLE ceo' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ceo') \gexec
ALTER ROLE ceo LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'clave';
REVOKE ALL ON DATABASE :"base" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"base" TO ceo;
-- A temporary table hides one of the same name: what follows in that connection would not reach the log.
REVOKE TEMPORARY ON DATABASE :"base" FROM ceo;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ceo;
-- What there is, and what each migration will bring.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ceo;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ceo;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ceo;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ceo;
SQL
