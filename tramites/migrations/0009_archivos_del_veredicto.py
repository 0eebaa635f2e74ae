"""The files that each verdict saw; of those already given, the ones that counted when it was."""

from itertools import islice

from django.db import migrations, models

RENGLON_FORMULARIO = 1  # in every procedure when this was written
LOTE = 500


def reconstruir(apps, schema_editor):
    alias = schema_editor.connection.alias
    Veredicto = apps.get_model("tramites", "Veredicto")
    visto = Veredicto.vistos.through
    filas = Veredicto.objects.using(alias).filter(renglon__isnull=False)
    pendientes = filas.prefetch_related("gestion__documentos", "gestion__envios").iterator(chunk_size=LOTE)
    while lote := list(islice(pendientes, LOTE)):
        visto.objects.using(alias).bulk_create(
            [visto(veredicto_id=v.pk, documento_id=d.pk) for v in lote for d in vistos(v)],
            ignore_conflicts=True,
        )


def vistos(veredicto):
    """Sent by then, not withdrawn and, in the renglón of the form, of the version that was sent."""
    envios = [e for e in veredicto.gestion.envios.all() if e.enviado_en <= veredicto.juzgado_en]
    ultimo = max(envios, key=lambda e: e.ronda, default=None)
    return [
        d
        for d in veredicto.gestion.documentos.all()
        if d.renglon == veredicto.renglon
        and d.envio_id in {e.pk for e in envios}
        and d.subido_en <= veredicto.juzgado_en
        and (d.retirado_en is None or d.retirado_en > ultimo.enviado_en)
        and (d.renglon != RENGLON_FORMULARIO or d.version_formulario_id == ultimo.version_formulario_id)
    ]


class Migration(migrations.Migration):
    dependencies = [("tramites", "0008_ultimo_acto")]

    operations = [
        migrations.AddField(
            model_name="veredicto",
            name="vistos",
            field=models.ManyToManyField(blank=True, related_name="+", to="tramites.documento"),
        ),
        migrations.RunPython(reconstruir, migrations.RunPython.noop, elidable=True),
    ]
