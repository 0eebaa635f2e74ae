"""Each procedure's figures apart; what was added up before is of the only one that there was."""

from django.db import migrations, models


def decir_cual(apps, schema_editor):
    """With several, nobody knows which: the next closing of days adds them all up again."""
    gestiones, cifras = (
        apps.get_model("tramites", "Gestion").objects,
        apps.get_model("tramites", "Cifra").objects,
    )
    unico = gestiones.order_by("numero").values_list("tramite", flat=True).first()
    if unico is None or gestiones.exclude(tramite=unico).exists():
        cifras.all().delete()
    else:
        cifras.update(tramite=unico)


class Migration(migrations.Migration):
    dependencies = [("tramites", "0018_indices_por_tramite")]

    operations = [
        migrations.AddField("cifra", "tramite", models.CharField(max_length=30, blank=True, db_default="")),
        migrations.RemoveConstraint("cifra", "tramites_cifra_una"),
        migrations.AddConstraint(
            "cifra",
            models.UniqueConstraint(
                fields=["grano", "desde", "concepto", "clave", "tramite"], name="tramites_cifra_una"
            ),
        ),
        migrations.RunPython(decir_cual, migrations.RunPython.noop, elidable=True),
    ]
