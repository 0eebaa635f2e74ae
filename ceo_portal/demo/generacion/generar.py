"""Many Gestiones at once: plays each story, takes its mould, puts it back and writes the copies."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from bitacora.models import Sello
from bitacora.sellado import sellar
from ceo_portal.demo.gestos import BENEFICIARIO, JURAMENTO, Reloj
from cuentas.demo import CLAVE_DEMO, sembrar_cuentas
from cuentas.models import Aceptacion, DocumentoLegal, Usuario
from notificaciones.models import Correo, Notificacion
from tramites.acciones.cerrar_dias import cerrar_dias
from tramites.habiles import Calendario
from tramites.models import AsuetoExtra, Gestion

from . import carga
from .copias import Copista, Dias, Oficio, dias_de
from .filas import filas_de, lo_esencial
from .historias import HISTORIAS, jugar
from .moldes import moldear
from .obra import APERTURA, Fase, Obra
from .personas import PREFIJOS, Pueblo, cui_de, inventadas

DOMINIO = "demo.gt"
LOTE = 2_000
# Everybody's, so that the same seed gives the same rows.
CLAVE = partial(make_password, CLAVE_DEMO, salt="demostracion0portalceo")
# One analyst for so many Gestiones, within these limits.
POR_ANALISTA, ANALISTAS = 5_000, (4, 40)
RESPUESTAS: dict[str, dict[str, str]] = {
    "datos-generales": {},
    "beneficiario": BENEFICIARIO | {"telefono": "5550-9999", "direccion": "ZZDIRECCION"},
    "juramento": JURAMENTO,
}
MINUTO = timedelta(minutes=1)
# How long ago the stories are played: the longest takes less.
JUGADAS = timedelta(days=420)


class HayGenteReal(Exception):
    """The base holds accounts that no demonstration made."""


def generar(
    gestiones: int,
    *,
    ahora: datetime,
    semilla: int = 1,
    completas: float = 0.05,
    mezclar: bool = False,
    avisar: Callable[[str], None] = lambda _: None,
) -> int:
    """Write so many Gestiones, of people and staff invented too, all of them before today; returns how many.

    The same seed on the same day, in a base that holds the same, gives the same. Raises `HayGenteReal` unless
    `mezclar`, and ValueError when there are no more people to invent.
    """
    if not mezclar and _gente_real():
        raise HayGenteReal
    sembrar_cuentas(ahora=ahora)
    sellar(ahora=ahora)
    with transaction.atomic():
        carga.esperar_turno()
        analistas = _analistas(gestiones, ahora)
        copista = _copista(gestiones, ahora, semilla, completas, analistas, avisar)
        primeras = dict(copista.siguientes)
        muchas = gestiones > Gestion.objects.count()
        with carga.despejadas(avisar) if muchas else nullcontext():
            hechas = 0
            with carga.adelantados(copista.lotes(gestiones, LOTE)) as lotes:
                for lote in lotes:
                    carga.escribir(lote)
                    hechas += lote.gestiones
                    avisar(f"{hechas} de {gestiones}")
        carga.contar_desde(primeras)
        carga.lo_de_los_disparadores(primeras)
    carga.analizar()
    sellar(ahora=ahora)
    cerrar_dias(hoy=timezone.localdate(ahora), todo=True)
    return hechas


def _gente_real() -> bool:
    ciudadanos = Usuario.objects.filter(tipo=Usuario.Tipo.CIUDADANO)
    return ciudadanos.exclude(email__endswith=f"@{DOMINIO}").exists()


def _analistas(gestiones: int, ahora: datetime) -> dict[int, float]:
    """Those that there are, and as many more as so many Gestiones ask for; the first ones get most."""
    hay = list(Usuario.objects.filter(papel=Usuario.Papel.ANALISTA, is_active=True).order_by("pk"))
    minimo, maximo = ANALISTAS
    pueblo, clave = Pueblo(0), CLAVE()
    while len(hay) < min(max(gestiones // POR_ANALISTA, minimo), maximo):
        hay.append(_analista(pueblo.persona(PREFIJOS - 1 - len(hay)), len(hay) + 1, clave, ahora))
    return {persona.pk: 1 / (1 + n) ** 0.5 for n, persona in enumerate(hay)}


def _analista(datos: dict[str, str], n: int, clave: str, ahora: datetime) -> Usuario:
    correo = f"analista{n}@{DOMINIO}"
    persona = Usuario.objects.create(
        tipo=Usuario.Tipo.PERSONAL,
        papel=Usuario.Papel.ANALISTA,
        usuario=correo,
        email=correo,
        cui=datos["cui"],
        password=clave,
        primer_nombre=datos["n1"],
        primer_apellido=datos["a1"],
    )
    persona.creado_en = ahora  # which `create` puts by itself
    persona.save(update_fields=["creado_en"])
    EmailAddress.objects.create(user=persona, email=correo, primary=True, verified=True)
    return persona


def _copista(
    gestiones: int,
    ahora: datetime,
    semilla: int,
    completas: float,
    analistas: dict[int, float],
    avisar: Callable[[str], None],
) -> Copista:
    calendario, hoy = AsuetoExtra.objects.calendario(), timezone.localdate(ahora)
    avisar("Historias…")
    siguientes = carga.primeras_claves()  # what the stories take is given back with them
    oficios = _oficios(hoy - JUGADAS, calendario, list(analistas))
    sello = Sello.objects.order_by("n").last()
    return Copista(
        oficios,
        Pueblo(semilla),
        Dias(hoy, dias_de(gestiones), calendario),
        semilla=semilla,
        siguientes=siguientes,
        primera_persona=inventadas(),
        analistas=analistas,
        completas=completas,
        cadena=(sello.n, sello.huella) if sello else (0, Sello.GENESIS),
    )


def _oficios(dia: date, calendario: Calendario, analistas: list[int]) -> list[Oficio]:
    """Each story with its moulds; what was played is undone."""
    with transaction.atomic():
        titular = _titular(ahora=datetime.combine(dia, APERTURA, tzinfo=timezone.get_current_timezone()))
        personal = Usuario.objects.in_bulk(analistas[:2])
        jefatura = Usuario.objects.filter(papel=Usuario.Papel.JEFATURA, is_active=True).order_by("pk")[0]
        obra = Obra(
            titular=titular,
            analista=personal[analistas[0]],
            otro=personal[analistas[1]],
            jefatura=jefatura,
            calendario=calendario,
            reloj=Reloj(titular.creado_en),
            respuestas=RESPUESTAS,
            fases=[Fase(dia)],
        )
        oficios = []
        for historia, jugada in jugar(obra, HISTORIAS):
            _cerrar_avisos(jugada)
            filas = filas_de(jugada)
            completo = moldear(jugada, filas)
            breve = completo if historia.abierta else moldear(jugada, lo_esencial(filas))
            oficios.append(Oficio(historia, completo, breve))
        transaction.set_rollback(True)
    return oficios


def _titular(*, ahora: datetime) -> Usuario:
    """Whose name, CUI and address are nobody else's words."""
    cui, correo = cui_de(PREFIJOS - 1000, "0101"), f"zzcorreo@{DOMINIO}"
    persona = Usuario.objects.crear_ciudadano(
        cui=cui,
        email=correo,
        password=None,
        primer_nombre="ZZUNO",
        segundo_nombre="ZZDOS",
        primer_apellido="ZZTRES",
        segundo_apellido="ZZCUATRO",
        fecha_nacimiento=date(1951, 2, 3),
    )
    persona.password, persona.creado_en = CLAVE(), ahora
    persona.save()
    EmailAddress.objects.create(user=persona, email=correo, primary=True, verified=True)
    for tipo in DocumentoLegal.Tipo.values:
        documento = DocumentoLegal.objects.filter(tipo=tipo).latest("vigente_desde", "version")
        Aceptacion.objects.create(usuario=persona, documento=documento, aceptado_en=ahora)
    return persona


def _cerrar_avisos(obra: Obra) -> None:
    """Every mail was taken by its server ten minutes later; every notice but the last was read."""
    for correo in Correo.objects.filter(gestion=obra.numero):
        correo.estado, correo.intentos = Correo.Estado.ENVIADO, 1
        correo.proximo_intento_en = correo.creado_en
        correo.tomado_en, correo.enviado_en = correo.creado_en + 9 * MINUTO, correo.creado_en + 10 * MINUTO
        correo.save()
    for aviso in Notificacion.objects.filter(gestion=obra.numero).order_by("-pk")[1:]:
        aviso.leida_en = aviso.creada_en + 30 * MINUTO
        aviso.save()
