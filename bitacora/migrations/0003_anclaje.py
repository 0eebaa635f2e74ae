"""What the database remembers of each day's anchor; and TRUNCATE, which row triggers do not see, refused.

The role that serves pages does not own these tables in production (docker-compose.yml) and could not TRUNCATE
them either way; this stands where there is one role for all.
"""

from importlib import import_module

from django.db import migrations, models

solo_agregar = import_module("bitacora.migrations.0002_solo_agregar")
TABLA = "bitacora_anclaje"
SIN_VACIAR = """
CREATE TRIGGER {tabla}_sin_vaciar BEFORE TRUNCATE ON {tabla}
FOR EACH STATEMENT EXECUTE FUNCTION bitacora_solo_agregar()
"""


def poner(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        sentencias = [solo_agregar.POSTGRESQL_TRIGGER.format(tabla=TABLA)]
        sentencias += [SIN_VACIAR.format(tabla=tabla) for tabla in (*solo_agregar.TABLAS, TABLA)]
    else:
        sentencias = [solo_agregar.SQLITE_TRIGGER.format(tabla=TABLA, acto=a) for a in ("UPDATE", "DELETE")]
    for sentencia in sentencias:
        schema_editor.execute(sentencia, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":  # Anclaje's go with its table
        for tabla in solo_agregar.TABLAS:
            schema_editor.execute(f"DROP TRIGGER {tabla}_sin_vaciar ON {tabla}", params=None)


class Migration(migrations.Migration):
    dependencies = [("bitacora", "0002_solo_agregar")]

    operations = [
        migrations.CreateModel(
            name="Anclaje",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fecha", models.DateField(unique=True, verbose_name="fecha")),
                ("n", models.PositiveBigIntegerField(verbose_name="sello número")),
                ("huella", models.CharField(max_length=64, verbose_name="huella SHA-256")),
            ],
            options={"verbose_name": "anclaje", "verbose_name_plural": "anclajes"},
        ),
        migrations.RunPython(poner, quitar),
    ]
