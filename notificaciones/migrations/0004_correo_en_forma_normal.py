"""The outbox's addresses say that they are in normal form (decision 26)."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim

import cuentas.models
from escritura.correo import normal

NORMAL = Q(para=Trim(Lower("para")))


def normalizar(apps, schema_editor):
    correos = apps.get_model("notificaciones", "Correo").objects
    for pk, para in list(correos.exclude(para=Trim(Lower(F("para")))).values_list("pk", "para")):
        correos.filter(pk=pk).update(para=normal(para))


class Migration(migrations.Migration):
    dependencies = [("notificaciones", "0003_cui_vaciado"), ("cuentas", "0009_correos_en_forma_normal")]

    operations = [
        migrations.RunPython(normalizar, migrations.RunPython.noop),
        migrations.AlterField(
            "correo", "para", cuentas.models.CampoBuzon(max_length=254, verbose_name="para")
        ),
        migrations.AddConstraint(
            "correo", models.CheckConstraint(condition=NORMAL, name="notificaciones_correo_para_normal")
        ),
    ]
