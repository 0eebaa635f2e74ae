"""The staff among all who ever registered, and an account by its address: both were looked for in every row."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cuentas", "0010_cookies_en_el_aviso")]

    operations = [
        IndiceSinEsperar(
            "usuario",
            models.Index(
                fields=["papel"], condition=models.Q(tipo="personal"), name="cuentas_usuario_personal"
            ),
        ),
        IndiceSinEsperar("usuario", models.Index(fields=["email"], name="cuentas_usuario_correo")),
    ]
