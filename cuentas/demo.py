"""The accounts of the demo (contrato.md); invented people, the same password for all."""

from datetime import date, datetime, timedelta

from django.db import transaction

from .acciones.confirmar_registro import confirmar_registro
from .acciones.invitar import invitar
from .acciones.registrar import llave, registrar
from .models import Usuario

CLAVE_DEMO = "Demo-CEO-2026"
# The seed plays Gestiones of up to eight months ago: the accounts are older.
ANTIGUEDAD = timedelta(days=400)
CONFIRMACION = timedelta(minutes=10)

# (CUI, e-mail, names, surnames, birth)
CIUDADANOS = (
    ("1002003030101", "ciudadana1@demo.gt", ("ELENA", "MARÍA"), ("XICARÁ", "BARRIOS"), date(1968, 3, 14)),
    ("1600325470202", "ciudadana2@demo.gt", ("ROSALINDA", ""), ("TZOC", "BARRERA"), date(1971, 9, 2)),
    ("1928374782217", "ciudadano3@demo.gt", ("MATEO", "ANDRÉS"), ("CHOC", "LEMUS"), date(1964, 2, 29)),
    ("2145008880101", "ciudadana4@demo.gt", ("AURORA", "BEATRIZ"), ("COLOP", "SIQUINÁ"), date(1972, 6, 20)),
)
# (CUI, e-mail, role, names, surnames)
PERSONAL = (
    ("5000000180101", "analista1@demo.gt", Usuario.Papel.ANALISTA, ("SOFÍA", ""), ("PALENCIA", "")),
    ("5000010060101", "analista2@demo.gt", Usuario.Papel.ANALISTA, ("DIEGO", ""), ("IXCOT", "")),
    ("5000020020101", "jefatura@demo.gt", Usuario.Papel.JEFATURA, ("BEATRIZ", ""), ("ALDANA", "")),
    ("5000030090101", "admin@demo.gt", Usuario.Papel.ADMINISTRACION, ("TOMÁS", ""), ("CUMES", "")),
    ("5000040050101", "auditoria@demo.gt", Usuario.Papel.AUDITORIA, ("LUCÍA", ""), ("MONROY", "")),
    ("5000050010101", "consulta@demo.gt", Usuario.Papel.CONSULTA, ("JULIÁN", ""), ("ORDÓÑEZ", "")),
)


@transaction.atomic
def sembrar_cuentas(*, ahora: datetime) -> None:
    """Play how the accounts that are missing came to be, long before `ahora`; never in production."""
    desde = ahora - ANTIGUEDAD
    for cui, email, nombres, apellidos, nacimiento in CIUDADANOS:
        if Usuario.objects.filter(usuario=cui).exists():
            continue
        registro = registrar(
            cui=cui,
            correo=email,
            clave=CLAVE_DEMO,
            fecha_nacimiento=nacimiento,
            ip=None,
            agente="demostración",
            ahora=desde,
            **_nombre(nombres, apellidos),
        )
        confirmar_registro(llave(registro), ahora=desde + CONFIRMACION)
    for cui, email, papel, nombres, apellidos in PERSONAL:
        # Those of a demo from before staff had theirs get it.
        Usuario.objects.filter(usuario=email, cui=None).update(cui=cui)
        if not Usuario.objects.filter(usuario=email).exists():
            persona = Usuario(email=email, papel=papel, cui=cui, **_nombre(nombres, apellidos))
            invitar(persona, actor=None, ahora=desde)
            persona.set_password(CLAVE_DEMO)
            persona.save()


def _nombre(nombres: tuple[str, str], apellidos: tuple[str, str]) -> dict[str, str]:
    claves = ("primer_nombre", "segundo_nombre", "primer_apellido", "segundo_apellido")
    return dict(zip(claves, nombres + apellidos, strict=True))
