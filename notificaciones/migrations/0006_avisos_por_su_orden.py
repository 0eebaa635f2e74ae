"""The index along which somebody's notices are turned over."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notificaciones", "0005_falla_por_contar")]

    operations = [
        IndiceSinEsperar(
            "notificacion",
            models.Index(fields=["destinatario", "creada_en", "id"], name="notificaciones_de_alguien"),
        ),
    ]
