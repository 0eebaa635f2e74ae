"""The acts of the demo's people, one function each, by the real actions."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from papeles.generar import generar
from papeles.impreso import Impreso
from tramites.acciones.admitir import admitir
from tramites.acciones.archivar import archivar
from tramites.acciones.avisar_archivado import DIAS, avisar_archivado
from tramites.acciones.cargar import cargar
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.enviar import enviar
from tramites.acciones.guardar_paso import Escrito, guardar_paso
from tramites.acciones.imprimir import imprimir_formulario
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.leer_acta import leer_acta
from tramites.acciones.observar import observar
from tramites.acciones.registrar_entrega import Medio, registrar_entrega
from tramites.acciones.tomar import tomar
from tramites.definicion import Paso
from tramites.eventos import TipoEvento
from tramites.models import Gestion, Resultado

BENEFICIARIO = {
    "genero": "F",
    "estado_civil": "3",
    "depto_nacimiento": "02",
    "municipio_nacimiento": "0202",
    "nacionalidad": "GUATEMALTECA",
    "profesion": "MAESTRA",
    "escolaridad": "08",
    "direccion": "4A. CALLE 2-18 ZONA 1, MORAZÁN",
    "telefono": "5550-0142",
}
JURAMENTO = {
    "pregunta_1": "NO",
    "pregunta_2": "NO",
    "pregunta_3": "SI",
    "detalle_3": "MINISTERIO DE EDUCACIÓN",
    "pregunta_4": "NO",
    "pregunta_5": "NO",
    "pregunta_6": "NO",
}
RESPUESTAS = {"datos-generales": {}, "beneficiario": BENEFICIARIO, "juramento": JURAMENTO}
MOTIVO = "DOCUMENTOS PENDIENTES DE CARGAR"


class Reloj:
    """The story's time: each act comes ten minutes after the one before."""

    def __init__(self, inicio: datetime) -> None:
        self.ahora = inicio

    def __call__(self) -> datetime:
        self.ahora += timedelta(minutes=10)
        return self.ahora

    @property
    def hoy(self) -> date:
        """Guatemala's date."""
        return timezone.localdate(self.ahora)

    def hasta(self, dia: date) -> None:
        """Nothing happens until that day, at this same hour."""
        self.ahora += dia - self.hoy


def responder(
    gestion: Gestion, paso: Paso, reloj: Reloj, respuestas: Mapping[str, Mapping[str, str]] = RESPUESTAS
) -> None:
    """Answer a step as the page would: initial values, the story's, validated by the form."""
    ahora = reloj()
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    inicial = gestion.formulario_abierto(paso, timezone.localdate(ahora)).initial
    form = paso.clase_formulario(
        {**inicial, **respuestas[paso.clave]}, contexto=gestion.contexto_paso(timezone.localdate(ahora))
    )
    if not form.is_valid():
        raise ValueError(f"El guion de la demostración no es válido en {paso.clave}: {form.errors}")
    escrito = Escrito.en(paso, form, continuar=True)
    guardar_paso(numero=gestion.numero, actor=gestion.solicitante, escrito=escrito, ahora=ahora)


def presentar(
    gestion: Gestion, reloj: Reloj, respuestas: Mapping[str, Mapping[str, str]] = RESPUESTAS
) -> None:
    """Every step and the sending."""
    for paso in gestion.definicion.formularios:
        responder(gestion, paso, reloj, respuestas)
    titular = gestion.solicitante
    ahora = reloj()
    leer_acta(numero=gestion.numero, actor=titular, vista=reloj.hoy.isoformat(), ahora=ahora)
    version = confirmar_enterado(numero=gestion.numero, actor=titular, descarga=True, ahora=reloj.ahora)
    with imprimir_formulario(version).open("rb") as formulario:
        subir(gestion, 1, "Formulario firmado.pdf", formulario.read(), reloj)
    gestion = Gestion.de(titular, gestion.numero)
    for renglon in gestion.renglones:
        if renglon.obligatorio and renglon.numero != gestion.definicion.renglon_formulario:
            subir(gestion, renglon.numero, f"{renglon.nombre}.pdf", pdf(renglon.nombre), reloj)
    gestion = Gestion.de(titular, gestion.numero)
    enviar(numero=gestion.numero, actor=titular, ficha=uuid.uuid4(), version=gestion.version, ahora=reloj())


def subir(gestion: Gestion, renglon: int, nombre: str, contenido: bytes, reloj: Reloj) -> None:
    """Load a PDF in a renglón."""
    archivo = SimpleUploadedFile(nombre, contenido, "application/pdf")
    cargar(
        numero=gestion.numero,
        actor=gestion.solicitante,
        renglon=renglon,
        archivo=archivo,
        ficha=uuid.uuid4(),
        ahora=reloj(),
    )


@cache
def pdf(nombre: str) -> bytes:
    """An invented document: one page that says what it stands for."""
    impreso = Impreso(plantilla="demo/papel.html", contexto={"nombre": nombre}, titulo=nombre)
    return generar(impreso, creado=datetime(2020, 1, 1, tzinfo=UTC))


def revisar(gestion: Gestion, quien: Usuario, reloj: Reloj, casos: dict[int, Juicio]) -> Gestion:
    """An analyst takes it and pronounces on every renglón with files: its case, or «Verificado»."""
    gestion = tomar(numero=gestion.numero, actor=quien, ahora=reloj())
    for renglon in sorted({d.renglon for d in gestion.documentos_vigentes} | casos.keys()):
        gestion = juzgar(
            numero=gestion.numero,
            actor=quien,
            version=gestion.version,
            juicio=casos.get(renglon, Juicio(renglon=renglon, resultado=Resultado.VERIFICADO)),
            ahora=reloj(),
        )
    return gestion


# The manual's own case.
SIN_FIRMA = Juicio(
    renglon=1,
    resultado=Resultado.OBSERVADO,
    documento="FORMULARIO",
    campo="CAMPO DE FIRMA",
    defecto="FALTA FIRMAR.",
)


def devolver(gestion: Gestion, quien: Usuario, reloj: Reloj, caso: Juicio = SIN_FIRMA) -> None:
    """A previo with that case on a renglón, whose mail is delivered that day."""
    assert caso.renglon  # noqa: S101  (a step's case is of no demo)
    gestion = revisar(gestion, quien, reloj, {caso.renglon: caso})
    observar(numero=gestion.numero, actor=quien, version=gestion.version, motivo=MOTIVO, ahora=reloj())
    entregar(gestion, TipoEvento.PREVIO_EMITIDO, reloj)


def aprobar(gestion: Gestion, quien: Usuario, reloj: Reloj) -> None:
    """«Admitir expediente»."""
    gestion = revisar(gestion, quien, reloj, {})
    admitir(numero=gestion.numero, actor=quien, version=gestion.version, ahora=reloj())


def callar_seis_meses(gestion: Gestion, reloj: Reloj) -> None:
    """Nobody acts: the reminders of the clock, each delivered, and the archive on its day."""
    gestion.refresh_from_db()
    archivar_el = gestion.archivar_el
    assert archivar_el  # noqa: S101  (a delivered previo has its clock running)
    for dias in DIAS:
        reloj.hasta(archivar_el - timedelta(days=dias + 1))
        avisar_archivado(numero=gestion.numero, hoy=reloj.hoy, ahora=reloj())
        entregar(gestion, TipoEvento.AVISO_DE_ARCHIVADO, reloj)
    reloj.hasta(archivar_el)
    archivar(numero=gestion.numero, hoy=reloj.hoy, ahora=reloj())


def entregar(gestion: Gestion, tipo: TipoEvento, reloj: Reloj) -> None:
    """The mail server took the notice of the last act of that type."""
    aviso = Evento.objects.filter(gestion=gestion.numero, tipo=tipo).latest("id")
    registrar_entrega(evento_id=aviso.pk, entregado_en=reloj(), medio=Medio.CORREO)
