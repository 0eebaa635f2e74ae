"""The demo's story, played with the real actions and a given clock, so that its log verifies."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from bitacora.sellado import sellar
from cuentas.demo import sembrar_cuentas
from cuentas.models import Usuario
from tramites import registro
from tramites.acciones.cargar import cargar
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.acciones.enviar import enviar
from tramites.acciones.guardar_paso import guardar_paso
from tramites.acciones.imprimir import imprimir_formulario
from tramites.acciones.leer_acta import leer_acta
from tramites.checks import impresion_disponible
from tramites.definicion import Impreso, Paso
from tramites.models import Gestion
from tramites.pdf.generar import generar

ESPACIO = uuid.UUID("6f1d8a52-6f0e-4c7b-9a55-0a3d4a2c9e10")
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


class Reloj:
    """The story's time: each act comes ten minutes after the one before."""

    def __init__(self, inicio: datetime) -> None:
        self.ahora = inicio

    def __call__(self) -> datetime:
        self.ahora += timedelta(minutes=10)
        return self.ahora


def sembrar(*, ahora: datetime) -> int:
    """Accounts and Gestiones of the demo; returns how many Gestiones it made (none the second time)."""
    sembrar_cuentas(ahora=ahora)
    hacer: dict[str, tuple[str, int, Callable[[Gestion, Reloj], None]]] = {
        "borrador": ("1600325470202", 3, a_medias),
        "recibida": ("1600325470202", 20, recibida),
        "ajena": ("1928374782217", 5, recibida),
    }
    # A machine that cannot print shows the rest; what is missing comes once it can.
    sin_papel = bool(impresion_disponible())
    nuevas = 0
    for nombre, (cui, dias, escena) in hacer.items():
        ficha = uuid.uuid5(ESPACIO, nombre)
        if Gestion.objects.filter(ficha=ficha).exists() or (sin_papel and escena is recibida):
            continue
        reloj, titular = Reloj(ahora - timedelta(days=dias)), Usuario.objects.get(usuario=cui)
        # Whole or not at all: a start cut short leaves no half story for the next one.
        with transaction.atomic():
            gestion = crear(actor=titular, tramite=registro.obtener("invalidez"), ficha=ficha, ahora=reloj())
            escena(gestion, reloj)
        nuevas += 1
    sellar(ahora=ahora)
    return nuevas


def a_medias(gestion: Gestion, reloj: Reloj) -> None:
    """A draft that stands in step 2."""
    responder(gestion, gestion.definicion.formularios[0], reloj)


def recibida(gestion: Gestion, reloj: Reloj) -> None:
    """All seven steps and the sending."""
    for paso in gestion.definicion.formularios:
        responder(gestion, paso, reloj)
    titular = gestion.solicitante
    leer_acta(numero=gestion.numero, actor=titular, ahora=reloj())
    version = confirmar_enterado(numero=gestion.numero, actor=titular, descarga=True, ahora=reloj.ahora)
    with imprimir_formulario(version).open("rb") as formulario:
        papeles = {1: ("Formulario firmado.pdf", formulario.read())}
    for requisito in gestion.definicion.requisitos[1:6]:
        papeles[requisito.numero] = (
            f"{requisito.nombre}.pdf",
            papel(gestion.numero, requisito.nombre, reloj.ahora),
        )
    for renglon, (nombre, contenido) in papeles.items():
        archivo = SimpleUploadedFile(nombre, contenido, "application/pdf")
        cargar(
            numero=gestion.numero,
            actor=titular,
            renglon=renglon,
            archivo=archivo,
            ficha=uuid.uuid4(),
            ahora=reloj(),
        )
    gestion = Gestion.de(titular, gestion.numero)
    enviar(numero=gestion.numero, actor=titular, ficha=uuid.uuid4(), version=gestion.version, ahora=reloj())


def responder(gestion: Gestion, paso: Paso, reloj: Reloj) -> None:
    """Answer a step as the page would: initial values, the story's, validated by the form."""
    ahora = reloj()
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    inicial = gestion.formulario_abierto(paso, timezone.localdate(ahora)).initial
    form = paso.clase_formulario(
        {**inicial, **RESPUESTAS[paso.clave]}, contexto=gestion.contexto_paso(timezone.localdate(ahora))
    )
    if not form.is_valid():
        raise ValueError(f"El guion de la demostración no es válido en {paso.clave}: {form.errors}")
    guardar_paso(
        numero=gestion.numero,
        actor=gestion.solicitante,
        clave=paso.clave,
        valores=form.valores(),
        completa=True,
        continuar=True,
        ahora=ahora,
    )


def papel(numero: int, nombre: str, creado: datetime) -> bytes:
    """An invented document: one page that says what it stands for."""
    contexto = {"numero": numero, "nombre": nombre}
    return generar(Impreso(plantilla="demo/papel.html", contexto=contexto, titulo=nombre), creado=creado)
