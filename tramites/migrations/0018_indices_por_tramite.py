"""The indexes of the queue's «Tipo», built while the version that serves goes on writing."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar

COLA = ["en_cola_desde", "recibida_en", "numero"]
ENVIADA = models.Q(recibida_en__isnull=False)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tramites", "0017_en_mano")]

    operations = [
        IndiceSinEsperar(
            "gestion", models.Index(fields=["tramite", "estado", *COLA], name="tramites_cola_por_tramite")
        ),
        IndiceSinEsperar(
            "gestion",
            models.Index(
                fields=["tramite", "estado", "numero"], condition=ENVIADA, name="tramites_numero_por_tramite"
            ),
        ),
    ]
