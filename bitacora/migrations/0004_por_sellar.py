"""What waits for its seal, written by the database with each event; at first, what has none yet."""

from django.db import migrations, models

POSTGRESQL = [
    """
    CREATE FUNCTION bitacora_por_sellar() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO bitacora_porsellar (evento_id) SELECT id FROM nuevos ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER bitacora_evento_por_sellar AFTER INSERT ON bitacora_evento
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION bitacora_por_sellar()
    """,
]
SQLITE = [
    """
    CREATE TRIGGER bitacora_evento_por_sellar AFTER INSERT ON bitacora_evento
    BEGIN INSERT OR IGNORE INTO bitacora_porsellar (evento_id) VALUES (NEW.id); END
    """
]
LOS_DE_ANTES = """
INSERT INTO bitacora_porsellar (evento_id)
SELECT e.id FROM bitacora_evento e LEFT JOIN bitacora_sello s ON s.evento_id = e.id
WHERE s.n IS NULL ON CONFLICT DO NOTHING
"""


def poner(apps, schema_editor):
    del_motor = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for sentencia in [*del_motor, LOS_DE_ANTES]:
        schema_editor.execute(sentencia, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION bitacora_por_sellar CASCADE", params=None)
    else:
        schema_editor.execute("DROP TRIGGER bitacora_evento_por_sellar", params=None)


class Migration(migrations.Migration):
    dependencies = [("bitacora", "0003_anclaje")]

    operations = [
        migrations.CreateModel(
            name="PorSellar",
            fields=[
                (
                    "evento_id",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="evento"),
                ),
            ],
            options={"verbose_name": "evento por sellar", "verbose_name_plural": "eventos por sellar"},
        ),
        migrations.RunPython(poner, quitar),
    ]
