"""What is not decided is counted from an index of its own, built while the version that serves goes on."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tramites", "0016_internos_por_tramite")]

    operations = [
        IndiceSinEsperar(
            "gestion",
            models.Index(
                fields=["estado", "asignada_a", "en_cola_desde"],
                condition=models.Q(archivada_en__isnull=True, estado__in=("RECIBIDA", "OBSERVADA")),
                name="tramites_en_mano",
            ),
        ),
    ]
