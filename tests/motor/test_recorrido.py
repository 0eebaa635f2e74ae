"""The toy walked by its actions and its pages: what was answered opens, closes and asks (motor.md §3)."""

import hashlib
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from mesa.consultas.hechos import en_palabras, visibles
from tests.motor.juguete import JUGUETE
from tests.tramites import escenas
from tramites import registro
from tramites.acciones.admitir import admitir
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.acciones.guardar_paso import Escrito, guardar_paso
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.observar import observar
from tramites.acciones.reenviar import reenviar
from tramites.acciones.tomar import tomar
from tramites.consultas.expediente import Expediente, abrir
from tramites.consultas.tabla import ya_no_aplican
from tramites.definicion import NoDefinido
from tramites.models import Gestion, Resultado
from tramites.reglas.correccion import Correccion
from tramites.reglas.rechazos import AccionRechazada, PasoPendiente, RenglonPendiente

pytestmark = pytest.mark.django_db
DOS_MASCOTAS = {
    "mascotas.orden": "1,3",
    "mascotas.1.nombre": "Canela",
    "mascotas.1.edad": "3",
    "mascotas.3.nombre": "Roca",
    "mascotas.3.edad": "12",
}
RESPUESTAS = {
    "nombre": {"primer_nombre": "Rosalinda"},
    "datos": {"color": "ROJO"} | DOS_MASCOTAS,
    "jaula": {"barrotes": "7"},
    "declaracion": {"cuida": "SI"},
}


@pytest.fixture(autouse=True)
def juguete():
    with registro.prestado(JUGUETE):
        yield


@pytest.fixture
def titular(db):
    return escenas.titular()


@pytest.fixture
def analista(db):
    return escenas.analista()


def fresca(gestion: Gestion) -> Gestion:
    return Gestion.de(gestion.solicitante, gestion.numero)


def guardar(gestion: Gestion, clave: str, **cambios: str) -> None:
    """Save a step as its page does."""
    gestion = fresca(gestion)
    paso, ahora = gestion.definicion.paso(clave), timezone.now()
    contexto = gestion.contexto_paso(timezone.localdate(ahora))
    form = paso.clase_formulario(RESPUESTAS[clave] | cambios, contexto=contexto)
    escrito = Escrito.en(paso, form, continuar=True)
    guardar_paso(numero=gestion.numero, actor=gestion.solicitante, escrito=escrito, ahora=ahora)


def llena(titular, color: str = "ROJO", **datos: str) -> Gestion:
    gestion = crear(actor=titular, tramite=JUGUETE, ficha=uuid.uuid4(), ahora=timezone.now())
    guardar(gestion, "nombre")
    guardar(gestion, "datos", color=color, **datos)
    if color == "ROJO":
        guardar(gestion, "jaula")
    guardar(gestion, "declaracion")
    return fresca(gestion)


def confirmar(gestion: Gestion) -> Gestion:
    confirmar_enterado(numero=gestion.numero, actor=gestion.solicitante, descarga=False, ahora=timezone.now())
    return fresca(gestion)


def enviada(titular, color: str = "ROJO", otros: tuple[int, ...] = ()) -> Gestion:
    gestion = confirmar(llena(titular, color))
    for renglon in (*(r.numero for r in gestion.obligatorios), *otros):
        escenas.adjuntar(fresca(gestion), renglon)
    escenas.mandar(fresca(gestion))
    return fresca(gestion)


def claves(gestion: Gestion) -> list[str]:
    return [p.clave for p in gestion.pasos]


def exigidos(gestion: Gestion) -> list[str]:
    return [r.etiqueta for r in gestion.obligatorios]


def test_cambiar_una_respuesta_cambia_los_pasos_y_los_renglones(titular):
    """MO1, MO6: ROJO opens its step; AZUL closes it, keeps what was written and asks for its document."""
    gestion = llena(titular)
    assert claves(gestion) == [p.clave for p in JUGUETE.pasos]
    assert exigidos(gestion) == ["1", "3.1", "3.3", "4.3"]
    guardar(gestion, "datos", color="AZUL")
    azul = fresca(gestion)
    assert claves(azul) == ["nombre", "datos", "declaracion", "enterado", "documentos", "validacion"]
    assert [p.numero for p in azul.pasos] == [1, 2, 3, 4, 5, 6]
    assert exigidos(azul) == ["1", "2", "3.1", "3.3", "4.3"]
    with pytest.raises(NoDefinido):
        guardar(azul, "jaula")
    assert azul.valores_de(JUGUETE.paso("jaula")) == {"barrotes": "7"}


def test_se_congela_sin_acta_y_solo_lo_que_aplica(titular):
    """MO6, MO7: no acta, no signed form; a step that does not apply leaves no row in what is frozen."""
    gestion = llena(titular)
    guardar(gestion, "datos", color="AZUL")
    gestion = confirmar(gestion)
    assert set(gestion.formulario_vigente.contenido["pasos"]) == {"nombre", "datos", "declaracion"}
    assert gestion.formulario_vigente.fecha_acta == timezone.localdate()
    assert gestion.pendiente.clave == "documentos"


def test_una_respuesta_que_otra_contradice_lleva_a_su_paso_al_congelar(titular):
    """MO15: the declaration was right when it was saved; the colour changed since."""
    gestion = llena(titular, "AZUL")
    guardar(gestion, "declaracion", cuida="NO")
    assert fresca(gestion).pendiente.clave == "enterado"
    guardar(gestion, "datos", color="ROJO")
    guardar(gestion, "jaula")
    with pytest.raises(PasoPendiente) as falta:
        confirmar(gestion)
    assert falta.value.paso.clave == "declaracion"


def test_se_juzga_lo_enviado_y_no_lo_que_el_borrador_dice_hoy(titular, analista):
    """MO1: the desk's renglones are those of the last sending, while its owner corrects."""
    gestion = observada(enviada(titular), analista)
    guardar(gestion, "datos", color="AZUL")
    expediente = Expediente(abrir(gestion.numero), timezone.localdate())
    assert [lugar.numero for lugar in expediente.renglones] == ["1", "3.1", "3.3", "4.3", "5"]
    assert [lugar.rotulo for lugar in expediente.pasos] == ["Paso 1", "Paso 2", "Paso 3", "Paso 4"]
    assert expediente.renglones[1].nombre == "Carné de Canela"


def verificar(gestion: Gestion, analista, *renglones: int) -> None:
    for renglon in renglones:
        _juzgar(gestion, analista, Juicio(renglon=renglon, resultado=Resultado.VERIFICADO))


def _juzgar(gestion: Gestion, analista, juicio: Juicio) -> None:
    actual = Gestion.objects.get(numero=gestion.numero)
    juzgar(
        numero=gestion.numero,
        actor=analista,
        version=actual.version,
        juicio=juicio,
        ahora=timezone.now(),
    )


def observada(gestion: Gestion, analista) -> Gestion:
    """Returned by its step of data and by the papers of its third pet."""
    tomar(numero=gestion.numero, actor=analista, ahora=timezone.now())
    verificar(gestion, analista, 1, 301, 403)
    for lugar in ({"renglon": 303}, {"paso": "datos"}):
        _juzgar(gestion, analista, Juicio(resultado=Resultado.OBSERVADO, texto="PAPEL COLOR MAL.", **lugar))
    version = Gestion.objects.get(numero=gestion.numero).version
    observar(numero=gestion.numero, actor=analista, version=version, motivo="", ahora=timezone.now())
    return fresca(gestion)


def test_lo_que_falta_revisar_se_dice_con_su_etiqueta(titular, analista):
    """MO2: «3.1», never 301."""
    gestion = enviada(titular, otros=(5,))
    tomar(numero=gestion.numero, actor=analista, ahora=timezone.now())
    version = Gestion.objects.get(numero=gestion.numero).version
    with pytest.raises(AccionRechazada, match=r"Falta revisar: 1, 3\.1, 3\.3, 4\.3, 5\."):
        observar(numero=gestion.numero, actor=analista, version=version, motivo="", ahora=timezone.now())
    with pytest.raises(NoDefinido):
        verificar(gestion, analista, 2)


def test_lo_que_la_correccion_hace_exigible_se_abre_y_bloquea(titular, analista):
    """MO1: nobody observed renglón 2; the change of colour asks for it before it is sent (motor.md §3)."""
    gestion = observada(enviada(titular), analista)
    assert Correccion(gestion).abiertos == {303, 5}
    guardar(gestion, "datos", color="AZUL")
    gestion = confirmar(gestion)
    assert Correccion(gestion).abiertos == {2, 303, 5}
    for documento in gestion.documentos_vigentes:
        if documento.renglon == 303:
            escenas.quitar(gestion, documento)
    escenas.adjuntar(fresca(gestion), 303)
    with pytest.raises(RenglonPendiente, match=r"2\. Azul"):
        reenviar_ya(gestion)
    escenas.adjuntar(fresca(gestion), 2)
    reenviar_ya(gestion)
    expediente = Expediente(abrir(gestion.numero), timezone.localdate())
    por_juzgar = [lugar.numero for lugar in expediente.renglones if not lugar.revisado]
    assert por_juzgar == ["2", "3.3"]
    verificar(gestion, analista, 2, 303)
    version = Gestion.objects.get(numero=gestion.numero).version
    admitir(numero=gestion.numero, actor=analista, version=version, ahora=timezone.now())
    assert Evento.objects.filter(gestion=gestion.numero, tipo="admitida").get().datos["base"] == "La azul"


def reenviar_ya(gestion: Gestion) -> None:
    gestion = fresca(gestion)
    reenviar(
        numero=gestion.numero,
        actor=gestion.solicitante,
        ficha=uuid.uuid4(),
        version=gestion.version,
        ahora=timezone.now() + timedelta(seconds=1),
    )


def test_lo_que_deja_de_aplicar_conserva_sus_archivos_y_no_cuenta(client, titular, analista):
    """motor.md §3: the third pet leaves; what was observed of it blocks nothing, and its files stay."""
    gestion = observada(enviada(titular), analista)
    guardar(gestion, "datos", **{"mascotas.orden": "1"})
    gestion = confirmar(gestion)
    assert exigidos(gestion) == ["1", "3.1"]
    sobran = ya_no_aplican(gestion)
    assert [(r.etiqueta, len(archivos)) for r, archivos in sobran] == [("3.3", 1), ("4.3", 1)]
    client.force_login(titular)
    pagina = client.get(reverse("paso", args=[gestion.numero, "documentos"])).content.decode()
    assert "Ya no aplica" in pagina
    assert "3.3. Carné de la mascota" in pagina
    reenviar_ya(gestion)
    expediente = Expediente(abrir(gestion.numero), timezone.localdate())
    assert {d.renglon for d in expediente.cuentan} == {1, 301}
    sellado = "\n".join(
        [
            expediente.envio.version_formulario.resumen,
            *(f"{d.renglon} {d.sha256}" for d in expediente.cuentan),
        ]
    )
    assert expediente.envio.resumen == hashlib.sha256(sellado.encode()).hexdigest()
    assert {d.renglon for d in expediente.ya_no_aplican} == {303, 403}
    client.force_login(analista)
    assert "Ya no aplica" in client.get(reverse("revision", args=[gestion.numero])).content.decode()


def test_la_historia_dice_el_paso_por_el_numero_que_se_vio(titular):
    """MO6: «Paso 3» in AZUL is the declaration, that in ROJO was the fourth."""
    gestion = llena(titular, "AZUL")
    dichos = [hecho.detalle for hecho in en_palabras(gestion, list(visibles(gestion)))]
    assert "Paso 3, Declaracion" in dichos


@pytest.mark.parametrize("renglon", [300, 399, 3, 2, 302])
def test_un_renglon_que_no_se_pide_no_tiene_direccion(client, titular, renglon):
    """MO2: one an element, that does not apply, or whose element does not stand."""
    gestion = confirmar(llena(titular))
    client.force_login(titular)
    assert client.get(reverse("archivos", args=[gestion.numero, renglon])).status_code == 404
    assert client.get(reverse("archivos", args=[gestion.numero, 301])).status_code == 200


def test_sus_paginas_se_abren_en_cada_momento(client, titular, analista):
    """MO7: neither acta nor form to sign; each page of its owner and of the desk answers, with its labels."""
    gestion = llena(titular)
    client.force_login(titular)
    paso = reverse("paso", args=[gestion.numero, "jaula"])
    assert "Paso 3 de 7" in client.get(paso).content.decode()
    gestion = confirmar(gestion)
    documentos = client.get(reverse("paso", args=[gestion.numero, "documentos"])).content.decode()
    assert "Carné de Canela" in documentos
    assert ">3.1<" in documentos
    assert client.get(reverse("formulario_pdf", args=[gestion.numero])).status_code == 404
    for renglon in gestion.obligatorios:
        escenas.adjuntar(fresca(gestion), renglon.numero)
    assert client.get(reverse("paso", args=[gestion.numero, "validacion"])).status_code == 200
    escenas.mandar(fresca(gestion))
    gestion = observada(fresca(gestion), analista)
    for direccion in (
        reverse("tablero"),
        reverse("solicitudes"),
        reverse("gestion", args=[gestion.numero]),
        reverse("paso", args=[gestion.numero, "documentos"]),
        reverse("paso", args=[gestion.numero, "datos"]),
        reverse("archivos", args=[gestion.numero, 303]),
    ):
        assert client.get(direccion).status_code == 200, direccion
    client.force_login(analista)
    revision = client.get(reverse("revision", args=[gestion.numero])).content.decode()
    assert "Carné de Canela" in revision
    assert client.get(reverse("historia", args=[gestion.numero])).status_code == 200
