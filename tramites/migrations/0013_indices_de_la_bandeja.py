"""The indexes of the desk's lists, built while the version that serves goes on writing."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar, trigramas

COLA = ["en_cola_desde", "recibida_en", "numero"]
ENVIADA = models.Q(recibida_en__isnull=False)
LAS_DE_ANTES = """
INSERT INTO tramites_palabra (texto)
SELECT DISTINCT regexp_split_to_table(titular_busqueda, ' ') AS texto FROM tramites_gestion ORDER BY texto
ON CONFLICT DO NOTHING
"""


def llenar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(LAS_DE_ANTES, params=None)


# What was written since the index was last put in order is read whole at each search: let it be little.
POCO_PENDIENTE = "ALTER INDEX tramites_gestion_nombre SET (gin_pending_list_limit = 256)"


def con_poco_pendiente(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POCO_PENDIENTE, params=None)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tramites", "0012_palabra")]

    operations = [
        migrations.RunPython(llenar, migrations.RunPython.noop, elidable=True),
        IndiceSinEsperar("gestion", models.Index(fields=["estado", *COLA], name="tramites_cola_por_estado")),
        IndiceSinEsperar(
            "gestion", models.Index(fields=["asignada_a", "estado", *COLA], name="tramites_cola_de_analista")
        ),
        IndiceSinEsperar(
            "gestion",
            models.Index(fields=["estado", "numero"], condition=ENVIADA, name="tramites_numero_por_estado"),
        ),
        IndiceSinEsperar(
            "gestion",
            models.Index(fields=["asignada_a", "estado", "numero"], name="tramites_numero_de_analista"),
        ),
        IndiceSinEsperar(
            "gestion",
            models.Index(
                fields=["numero"], condition=models.Q(recibida_en__isnull=True), name="tramites_borradores"
            ),
        ),
        IndiceSinEsperar(
            "gestion", trigramas("titular_busqueda", condition=ENVIADA, name="tramites_gestion_nombre")
        ),
        IndiceSinEsperar(
            "datosinternos",
            models.Index(
                fields=["gestion"],
                condition=models.Q(posible_alteracion=True),
                name="tramites_internos_reservados",
            ),
        ),
        migrations.RunPython(con_poco_pendiente, migrations.RunPython.noop, elidable=True),
    ]
