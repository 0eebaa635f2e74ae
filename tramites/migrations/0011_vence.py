"""The index of the clock holds only what runs against a term, in the order in which it is archived."""

from django.db import migrations, models

from escritura.indices import IndiceSinEsperar


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tramites", "0010_cifras")]

    operations = [
        IndiceSinEsperar(
            "gestion",
            models.Index(
                fields=["archivar_el", "numero"],
                condition=models.Q(archivar_el__isnull=False),
                name="tramites_gestion_vence",
            ),
        ),
        migrations.RemoveIndex(model_name="gestion", name="tramites_gestion_plazo"),
    ]
