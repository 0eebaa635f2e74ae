"""Every address in the one spelling of its mailbox; two accounts that would become one stay as they were."""

from django.db import IntegrityError, migrations, transaction

import cuentas.models
from escritura.correo import normal


def normalizar(apps, schema_editor):
    tablas = [
        (apps.get_model("cuentas", "Usuario"), ("email", "usuario")),
        (apps.get_model("account", "EmailAddress"), ("email",)),
    ]
    for modelo, campos in tablas:
        for pk, *valores in modelo.objects.order_by("pk").values_list("pk", *campos).iterator(2000):
            cambios = {
                c: normal(v) for c, v in zip(campos, valores, strict=True) if "@" in v and normal(v) != v
            }
            if cambios:
                try:
                    with transaction.atomic():
                        modelo.objects.filter(pk=pk).update(**cambios)
                except IntegrityError:  # the other spelling has its own account: its owner's CUI still enters
                    continue


class Migration(migrations.Migration):
    dependencies = [
        ("cuentas", "0006_generacion_de_sesiones"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(normalizar, migrations.RunPython.noop),
        migrations.AlterField(
            "usuario", "email", cuentas.models.CampoBuzon(max_length=254, verbose_name="correo electrónico")
        ),
    ]
