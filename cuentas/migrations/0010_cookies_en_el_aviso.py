"""The privacy notice says which cookies the portal leaves and until when: a new version, as every correction."""

import hashlib

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

COOKIES = """\
## Cookies que deja el portal

El portal deja en su navegador solo las que necesita para funcionar. \
Son suyas y de nadie más: ninguna sigue lo que usted hace en otros sitios.

- «sessionid» o «__Host-sesion»: mantiene su sesión. Termina al cerrar el navegador, al cerrar la sesión o tras \
30 minutos sin uso. Nunca pasa de 10 horas.
- «csrftoken» o «__Host-csrf»: comprueba que el formulario que usted envía salió de este portal. Dura un año.
- «dentro»: recuerda que usted ingresó, para avisarle si su sesión se cerró. Termina al cerrar el navegador o la sesión.
- «equipo»: reconoce el navegador en que usted ya ingresó. Así nadie le impide entrar con intentos fallidos. \
Dura 180 días.

Si las borra, solo tendrá que ingresar otra vez.
"""


def publicar(apps, schema_editor):
    """After the text in force, whoever wrote it: what was accepted stays as it was."""
    avisos = apps.get_model("cuentas", "DocumentoLegal").objects.filter(tipo="privacidad")
    ahora = timezone.now()
    vigente = avisos.filter(vigente_desde__lte=ahora).latest("vigente_desde", "version")
    texto = f"{vigente.texto.rstrip()}\n\n{COOKIES}"
    avisos.create(
        tipo="privacidad",
        version=avisos.aggregate(n=Max("version"))["n"] + 1,
        titulo=vigente.titulo,
        texto=texto,
        sha256=hashlib.sha256(texto.encode()).hexdigest(),
        vigente_desde=ahora,
    )


class Migration(migrations.Migration):
    dependencies = [("cuentas", "0009_correos_en_forma_normal")]

    operations = [migrations.RunPython(publicar, migrations.RunPython.noop)]
