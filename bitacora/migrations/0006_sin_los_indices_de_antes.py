"""Those that others begin with, once these serve."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bitacora", "0005_indices_de_la_busqueda")]

    operations = [
        migrations.AlterField(
            model_name="evento", name="tipo", field=models.CharField(max_length=40, verbose_name="tipo")
        ),
        migrations.AlterField(
            model_name="evento",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="actor",
            ),
        ),
    ]
