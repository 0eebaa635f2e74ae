"""Every column with an address says so: small letters, no blanks around. allauth's table too (decision 26)."""

from django.db import IntegrityError, migrations, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim

import cuentas.models
from escritura.correo import normal


def forma(campo, nombre):
    return models.CheckConstraint(condition=Q(**{campo: Trim(Lower(campo))}), name=nombre)


DE_ALLAUTH = forma("email", "cuentas_direccion_correo_normal")


def normalizar(apps, schema_editor):
    """Put in it the few rows written past the forms; a second row of the same person's same address goes."""
    for etiqueta, campo in (
        ("cuentas.Usuario", "email"),
        ("cuentas.Usuario", "usuario"),
        ("cuentas.Registro", "correo"),
        ("account.EmailAddress", "email"),
    ):
        modelo = apps.get_model(etiqueta)
        raras = modelo.objects.exclude(**{campo: Trim(Lower(F(campo)))})
        for pk, valor in list(raras.values_list("pk", campo)):
            if not any(_escribir(modelo, pk, campo, v) for v in (normal(valor), valor.strip().lower())):
                _repetida(modelo, pk, valor)


def _escribir(modelo, pk, campo, valor):
    try:
        with transaction.atomic():
            return modelo.objects.filter(pk=pk).update(**{campo: valor})
    except IntegrityError:
        return 0


def _repetida(modelo, pk, valor):
    """allauth's: the same person has it already, well written. Nothing of ours can ever have been so."""
    if modelo._meta.label != "account.EmailAddress":
        raise IntegrityError(f"{modelo._meta.label} {pk}: su correo es el de otra fila. Corríjalo a mano.")
    modelo.objects.filter(pk=pk).delete()


def poner(apps, schema_editor):
    modelo = apps.get_model("account", "EmailAddress")
    modelo._meta.constraints = [*modelo._meta.constraints, DE_ALLAUTH]  # SQLite makes the table again from it
    schema_editor.add_constraint(modelo, DE_ALLAUTH)


def quitar(apps, schema_editor):
    schema_editor.remove_constraint(apps.get_model("account", "EmailAddress"), DE_ALLAUTH)


class Migration(migrations.Migration):
    dependencies = [
        ("cuentas", "0008_cui_unico_del_personal"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(normalizar, migrations.RunPython.noop),
        migrations.AlterField(
            "registro", "correo", cuentas.models.CampoBuzon(max_length=254, verbose_name="correo electrónico")
        ),
        migrations.AddConstraint("usuario", forma("email", "cuentas_usuario_correo_normal")),
        migrations.AddConstraint("usuario", forma("usuario", "cuentas_usuario_usuario_normal")),
        migrations.AddConstraint("registro", forma("correo", "cuentas_registro_correo_normal")),
        migrations.RunPython(poner, quitar),
    ]
