import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tipo", models.CharField(db_index=True, max_length=40, verbose_name="tipo")),
                ("ocurrido_en", models.DateTimeField(verbose_name="ocurrido en")),
                ("papel", models.CharField(max_length=14, verbose_name="papel")),
                ("gestion", models.BigIntegerField(null=True, verbose_name="Gestión No.")),
                ("datos", models.JSONField(default=dict, verbose_name="datos")),
                ("resumen", models.CharField(editable=False, max_length=64, verbose_name="resumen SHA-256")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="actor",
                    ),
                ),
            ],
            options={
                "verbose_name": "evento",
                "verbose_name_plural": "eventos",
            },
        ),
        migrations.CreateModel(
            name="Sello",
            fields=[
                (
                    "n",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="sello número"
                    ),
                ),
                ("anterior", models.CharField(max_length=64, verbose_name="huella anterior")),
                ("huella", models.CharField(max_length=64, verbose_name="huella SHA-256")),
                (
                    "evento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sello",
                        to="bitacora.evento",
                        verbose_name="evento",
                    ),
                ),
            ],
            options={
                "verbose_name": "sello",
                "verbose_name_plural": "sellos",
            },
        ),
        migrations.AddIndex(
            model_name="evento",
            index=models.Index(fields=["gestion", "id"], name="bitacora_evento_gestion"),
        ),
        migrations.AddConstraint(
            model_name="sello",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 1)), name="bitacora_sello_desde_uno"
            ),
        ),
    ]
