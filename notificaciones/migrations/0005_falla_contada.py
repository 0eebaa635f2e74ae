"""What a daily summary told is written down by each failure; so far, all up to the last that one hung from."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max

LOTE = 1000


def contar_las_de_antes(apps, schema_editor):
    contada = apps.get_model("notificaciones", "FallaContada")
    resumenes = apps.get_model("notificaciones", "Notificacion").objects.filter(plantilla="resumen_fallidos")
    ultima = resumenes.aggregate(n=Max("evento"))["n"] or 0
    eventos = apps.get_model("bitacora", "Evento").objects.filter(tipo="aviso_fallido", pk__lte=ultima)
    contada.objects.bulk_create(
        (contada(evento_id=pk) for pk in eventos.values_list("pk", flat=True)), batch_size=LOTE
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bitacora", "0004_por_sellar"),
        ("notificaciones", "0004_correo_en_forma_normal"),
    ]

    operations = [
        migrations.CreateModel(
            name="FallaContada",
            fields=[
                (
                    "evento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="bitacora.evento",
                        verbose_name="evento",
                    ),
                ),
            ],
            options={"verbose_name": "falla contada", "verbose_name_plural": "fallas contadas"},
        ),
        migrations.RunPython(contar_las_de_antes, migrations.RunPython.noop),
    ]
