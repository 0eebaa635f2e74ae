"""The words of the names, which PostgreSQL writes with each name; 0013 fills in those of before."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import escritura.indices

# Sorted: two that bring the same new words wait for each other in one order.
POSTGRESQL = [
    """
    CREATE FUNCTION tramites_palabras() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO tramites_palabra (texto)
            SELECT DISTINCT regexp_split_to_table(titular_busqueda, ' ') AS texto FROM nuevas ORDER BY texto
            ON CONFLICT DO NOTHING;
        ELSE
            INSERT INTO tramites_palabra (texto)
            SELECT DISTINCT regexp_split_to_table(NEW.titular_busqueda, ' ') AS texto ORDER BY texto
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER tramites_palabras_nuevas AFTER INSERT ON tramites_gestion
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION tramites_palabras()
    """,
    """
    CREATE TRIGGER tramites_palabras_cambiadas AFTER UPDATE OF titular_busqueda ON tramites_gestion
    FOR EACH ROW WHEN (OLD.titular_busqueda IS DISTINCT FROM NEW.titular_busqueda)
    EXECUTE FUNCTION tramites_palabras()
    """,
]


def poner(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for sentencia in POSTGRESQL:
            schema_editor.execute(sentencia, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION tramites_palabras CASCADE", params=None)


class Migration(migrations.Migration):
    dependencies = [("tramites", "0011_vence")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Palabra",
            fields=[
                (
                    "texto",
                    models.CharField(
                        max_length=400, primary_key=True, serialize=False, verbose_name="palabra"
                    ),
                ),
            ],
            options={
                "verbose_name": "palabra de un nombre",
                "verbose_name_plural": "palabras de los nombres",
                "indexes": [escritura.indices.trigramas("texto", name="tramites_palabra_parecida")],
            },
        ),
        migrations.RunPython(poner, quitar),
    ]
