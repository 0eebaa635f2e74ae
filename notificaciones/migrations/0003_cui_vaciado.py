"""Administración reads which accounts of the staff were left without a CUI (cuentas 0008), as any act tells."""

from django.db import migrations
from django.utils import timezone


def avisar(apps, schema_editor):
    usuarios = apps.get_model("cuentas", "Usuario").objects
    oficina = usuarios.filter(tipo="personal", papel="administracion", is_active=True)
    for evento in apps.get_model("bitacora", "Evento").objects.filter(tipo="cui_vaciado").order_by("pk"):
        cuando, cuenta = timezone.localtime(evento.ocurrido_en), usuarios.get(pk=evento.datos["cuenta"])
        nombres = (
            cuenta.primer_nombre,
            cuenta.segundo_nombre,
            cuenta.primer_apellido,
            cuenta.segundo_apellido,
        )
        apps.get_model("notificaciones", "Notificacion").objects.bulk_create(
            apps.get_model("notificaciones", "Notificacion")(
                evento_id=evento.pk,
                destinatario_id=quien.pk,
                plantilla="cui_vaciado",
                asunto="Una cuenta del personal quedó sin CUI",
                creada_en=evento.ocurrido_en,
                contexto={
                    "fecha": f"{cuando:%d-%m-%Y}",
                    "hora": f"{cuando:%H:%M:%S}",
                    "estado": "",
                    "boton": "",
                    "enlace": "",
                    "quien": " ".join(n for n in nombres if n),
                },
            )
            for quien in oficina
        )


class Migration(migrations.Migration):
    dependencies = [
        ("bitacora", "0004_por_sellar"),
        ("cuentas", "0008_cui_unico_del_personal"),
        ("notificaciones", "0002_correo_caducado"),
    ]

    operations = [migrations.RunPython(avisar, migrations.RunPython.noop)]
