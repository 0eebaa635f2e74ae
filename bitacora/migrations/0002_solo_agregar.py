"""Events and seals can only be added: the database itself refuses UPDATE and DELETE.

- TRUNCATE, which PostgreSQL's row triggers do not see, is refused by those of 0003.
- `flush`, with which Django empties the database between transactional tests, would be refused: the suite
  lifts the triggers around it with a command of its own (tests/vaciado), which the portal does not have.
- SQLite rebuilds a table to alter it and drops its triggers: a later migration that alters these tables must
  run `poner` again. tests/bitacora fails if it forgets.
"""

from django.db import migrations

TABLAS = ["bitacora_evento", "bitacora_sello"]
MENSAJE = "La bitácora no se modifica ni se borra."

POSTGRESQL_FUNCION = f"""
CREATE OR REPLACE FUNCTION bitacora_solo_agregar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{MENSAJE}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {tabla}_solo_agregar BEFORE UPDATE OR DELETE ON {tabla}
FOR EACH ROW EXECUTE FUNCTION bitacora_solo_agregar()
"""
SQLITE_TRIGGER = f"""
CREATE TRIGGER {{tabla}}_solo_agregar_{{acto}} BEFORE {{acto}} ON {{tabla}}
BEGIN SELECT RAISE(ABORT, '{MENSAJE}'); END
"""


def poner(apps, schema_editor):
    for sentencia in _PONER[schema_editor.connection.vendor]:
        schema_editor.execute(sentencia, params=None)


def quitar(apps, schema_editor):
    for sentencia in _QUITAR[schema_editor.connection.vendor]:
        schema_editor.execute(sentencia, params=None)


_PONER = {
    "postgresql": [POSTGRESQL_FUNCION, *(POSTGRESQL_TRIGGER.format(tabla=tabla) for tabla in TABLAS)],
    "sqlite": [
        SQLITE_TRIGGER.format(tabla=tabla, acto=acto) for tabla in TABLAS for acto in ("UPDATE", "DELETE")
    ],
}
_QUITAR = {
    "postgresql": ["DROP FUNCTION bitacora_solo_agregar CASCADE"],
    "sqlite": [
        f"DROP TRIGGER {tabla}_solo_agregar_{acto}" for tabla in TABLAS for acto in ("UPDATE", "DELETE")
    ],
}


class Migration(migrations.Migration):
    dependencies = [("bitacora", "0001_initial")]

    operations = [migrations.RunPython(poner, quitar)]
