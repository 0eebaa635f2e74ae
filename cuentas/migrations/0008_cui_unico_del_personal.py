"""One CUI is of one account of the staff, said by the table (decision 26).

Data and constraint in one: had somebody declared a repeated one in between, both would be played again.
"""

from django.db import migrations, models
from django.db.models import Count, Q
from django.utils import timezone

from bitacora.models import resumir

LO_ESCRIBIERON = ("personal_invitado", "personal_cambiado", "cui_declarado")


def vaciar_repetidos(apps, schema_editor):
    """Whoever wrote it first keeps it; the others are asked again before they decide, and the log says so."""
    personal = apps.get_model("cuentas", "Usuario").objects.filter(tipo="personal")
    personal.filter(cui="").update(cui=None)
    repetidos = personal.exclude(cui=None).values("cui").annotate(n=Count("pk")).filter(n__gt=1)
    for cui in list(repetidos.values_list("cui", flat=True)):
        primera, *otras = sorted(personal.filter(cui=cui), key=lambda c: (_desde(apps, c), c.pk))
        for otra in otras:
            personal.filter(pk=otra.pk).update(cui=None)
            _anotar(apps, {"cuenta": otra.pk, "la_tiene": primera.pk})


def _desde(apps, cuenta):
    """When that account got the CUI that it has, by the log."""
    eventos = apps.get_model("bitacora", "Evento").objects.filter(
        tipo__in=LO_ESCRIBIERON, datos__cuenta=cuenta.pk
    )
    escritos = [
        e.ocurrido_en for e in eventos if e.tipo != "personal_cambiado" or "cui" in e.datos.get("campos", [])
    ]
    return max(escritos, default=cuenta.creado_en)


def _anotar(apps, datos):
    evento = apps.get_model("bitacora", "Evento")(
        tipo="cui_vaciado", ocurrido_en=timezone.now(), papel="sistema", datos=datos
    )
    evento.resumen = resumir(evento.tipo, evento.ocurrido_en, None, evento.papel, None, datos)
    evento.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [
        ("bitacora", "0004_por_sellar"),
        ("cuentas", "0007_un_buzon_una_cuenta"),
    ]

    operations = [
        migrations.RunPython(vaciar_repetidos, migrations.RunPython.noop),
        migrations.AddConstraint(
            "usuario",
            models.UniqueConstraint(
                fields=["cui"],
                condition=Q(tipo="personal") & ~Q(cui=""),
                name="cuentas_usuario_cui_unico_del_personal",
            ),
        ),
    ]
