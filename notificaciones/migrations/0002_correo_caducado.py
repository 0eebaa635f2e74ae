from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notificaciones", "0001_inicial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="correo",
            name="notificaciones_correo_estado_conocido",
        ),
        migrations.AlterField(
            model_name="correo",
            name="estado",
            field=models.CharField(
                choices=[
                    ("pendiente", "Pendiente"),
                    ("enviando", "Enviando"),
                    ("enviado", "Enviado"),
                    ("fallido", "Fallido"),
                    ("caducado", "Ya no procede"),
                ],
                default="pendiente",
                max_length=9,
                verbose_name="estado",
            ),
        ),
        migrations.AddConstraint(
            model_name="correo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("estado__in", ["pendiente", "enviando", "enviado", "fallido", "caducado"])
                ),
                name="notificaciones_correo_estado_conocido",
            ),
        ),
    ]
