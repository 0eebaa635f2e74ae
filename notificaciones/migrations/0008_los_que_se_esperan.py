"""The index of the mails that tell of no Gestión: somebody waits for them before a screen."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notificaciones", "0007_sin_el_indice_de_antes")]

    operations = [
        IndiceSinEsperar(
            model_name="correo",
            index=models.Index(
                condition=models.Q(("estado__in", ["pendiente", "enviando"]), ("gestion__isnull", True)),
                fields=["proximo_intento_en"],
                name="notificaciones_que_se_esperan",
            ),
        ),
    ]
