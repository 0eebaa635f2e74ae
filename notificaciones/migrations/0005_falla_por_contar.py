"""What a daily summary has still to tell waits in a table; so far, all after the last that one hung from."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max

LOTE = 1000


def dejar_las_de_despues(apps, schema_editor):
    falla = apps.get_model("notificaciones", "FallaPorContar")
    resumenes = apps.get_model("notificaciones", "Notificacion").objects.filter(plantilla="resumen_fallidos")
    ultima = resumenes.aggregate(n=Max("evento"))["n"] or 0
    eventos = apps.get_model("bitacora", "Evento").objects.filter(tipo="aviso_fallido", pk__gt=ultima)
    falla.objects.bulk_create(
        (falla(evento_id=pk) for pk in eventos.values_list("pk", flat=True)), batch_size=LOTE
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bitacora", "0004_por_sellar"),
        ("notificaciones", "0004_correo_en_forma_normal"),
    ]

    operations = [
        migrations.CreateModel(
            name="FallaPorContar",
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
            options={"verbose_name": "falla por contar", "verbose_name_plural": "fallas por contar"},
        ),
        migrations.RunPython(dejar_las_de_despues, migrations.RunPython.noop),
    ]
