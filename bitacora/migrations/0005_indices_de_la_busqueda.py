"""The indexes that a search of the log walks, built while the version that serves goes on writing."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar

POR_DIA = ["ocurrido_en", "id"]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("bitacora", "0004_por_sellar")]

    operations = [
        IndiceSinEsperar("evento", models.Index(fields=POR_DIA, name="bitacora_evento_por_dia")),
        IndiceSinEsperar("evento", models.Index(fields=["tipo", *POR_DIA], name="bitacora_evento_de_tipo")),
        IndiceSinEsperar(
            "evento", models.Index(fields=["actor", *POR_DIA], name="bitacora_evento_de_alguien")
        ),
    ]
