"""That of the person alone, with which the new one begins."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notificaciones", "0006_avisos_por_su_orden")]

    operations = [
        migrations.AlterField(
            model_name="notificacion",
            name="destinatario",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notificaciones",
                to=settings.AUTH_USER_MODEL,
                verbose_name="destinatario",
            ),
        ),
    ]
