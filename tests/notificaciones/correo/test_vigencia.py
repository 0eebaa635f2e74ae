"""What was frozen when a mail was owed does not go out stale: its address, its purpose and its term."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from cuentas.acciones import recuperar
from notificaciones.acciones.reintentar_correo import reintentar_correo
from notificaciones.correo.vigencia import no_vigentes
from notificaciones.models import Correo
from notificaciones.tareas import despachar_correos
from tests.fabricas import CorreoFactory, PersonalFactory
from tests.tramites import escenas
from tramites.acciones.avisar_archivado import avisar_archivado
from tramites.acciones.desarchivar import desarchivar
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return PersonalFactory()


@pytest.fixture
def devuelta(ana) -> Gestion:
    """A Gestión whose owner was told of the previo, so that its clock runs."""
    gestion = escenas.observada(escenas.titular(), ana)
    [previo] = Correo.objects.filter(plantilla="previo")
    return releida(gestion, previo)


def releida(gestion: Gestion, *_correos: Correo) -> Gestion:
    return Gestion.objects.get(pk=gestion.pk)


def mudarse(persona, direccion: str) -> None:
    type(persona).objects.filter(pk=persona.pk).update(email=direccion)


def fallar(correo: Correo) -> None:
    Correo.objects.filter(pk=correo.pk).update(estado="fallido", intentos=12, tomado_en=timezone.now())


def recordar(gestion: Gestion, smtp) -> Correo:
    """The reminder of seven days, still owed."""
    despachar_correos()
    smtp.recibidos.clear()
    gestion = releida(gestion)
    hoy = gestion.ultimo_dia - timedelta(days=7)
    assert avisar_archivado(numero=gestion.numero, hoy=hoy, ahora=timezone.now())
    return Correo.objects.get(plantilla="aviso_archivo")


def test_un_correo_va_a_la_direccion_de_hoy(devuelta, smtp):
    """A mail owed, or retried, follows the person; the row says where it went."""
    mudarse(devuelta.solicitante, "nueva@demo.gt")
    despachar_correos()
    assert {m["To"] for m in smtp.recibidos} == {"nueva@demo.gt"}
    assert Correo.objects.get(plantilla="previo").para == "nueva@demo.gt"


def test_el_aviso_a_la_direccion_dejada_va_a_ella(smtp):
    """mensajes.md §8, «al viejo»: it is of that address by nature."""
    correo = CorreoFactory(plantilla="correo_anterior", para="vieja@demo.gt")
    mudarse(correo.destinatario, "nueva@demo.gt")
    despachar_correos()
    assert [m["To"] for m in smtp.recibidos] == ["vieja@demo.gt"]


def test_lo_que_no_es_de_ninguna_cuenta_va_a_donde_se_pidio(smtp):
    CorreoFactory(plantilla="registro_no_posible", destinatario=None, para="quien@demo.gt")
    despachar_correos()
    assert [m["To"] for m in smtp.recibidos] == ["quien@demo.gt"]


def test_un_enlace_que_ya_no_abre_no_se_envia(devuelta, smtp):
    """Its hour passed while the server was away: nobody is sent a dead link, and none stays written."""
    despachar_correos()
    smtp.recibidos.clear()
    EmailAddress.objects.get_or_create(
        user=devuelta.solicitante, email=devuelta.solicitante.email, primary=True, verified=True
    )
    recuperar.pedir(devuelta.solicitante.email, ahora=timezone.now())
    recuperar.atender_pendientes(ahora=timezone.now())
    correo = Correo.objects.get(plantilla="recuperar")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        despachar_correos()
    correo.refresh_from_db()
    assert (correo.estado, correo.contexto, smtp.recibidos) == ("caducado", {}, [])


@pytest.mark.parametrize("activa", [True, False])
@pytest.mark.parametrize("plantilla", ["confirmar_correo", "recuperar", "invitacion"])
def test_el_enlace_de_una_cuenta_que_ya_no_esta_activa_no_se_envia(plantilla, activa, ana, smtp):
    """S40: whoever was let go while the mail waited gets no way back in."""
    enlace = f"/cuenta/clave/1-{default_token_generator.make_token(ana)}/"
    correo = CorreoFactory(plantilla=plantilla, destinatario=ana, contexto={"enlace": enlace})
    type(ana).objects.filter(pk=ana.pk).update(is_active=activa)
    despachar_correos()
    correo.refresh_from_db()
    assert (correo.estado, len(smtp.recibidos)) == (("enviado", 1) if activa else ("caducado", 0))


def test_la_confirmacion_de_una_direccion_ya_confirmada_no_se_envia(smtp):
    correo = CorreoFactory(plantilla="confirmar_correo")
    EmailAddress.objects.create(user=correo.destinatario, email=correo.para, primary=True, verified=True)
    despachar_correos()
    assert smtp.recibidos == []


def test_un_recordatorio_de_un_ciclo_que_termino_no_se_envia(devuelta, ana, smtp, client):
    """«Reintentar» sends nothing and says so."""
    correo = recordar(devuelta, smtp)
    fallar(correo)
    escenas.remandar(escenas.reponer(releida(devuelta), 1))
    client.force_login(ana)
    dicho = client.post(reverse("reintentar_correo", args=[devuelta.numero]), follow=True).content.decode()
    assert "Correos que no se envían porque ya no corresponden: 1." in dicho
    assert "otra vez" not in dicho.split("</h1>")[0]
    despachar_correos()
    assert "aviso_archivo" not in {c.plantilla for c in Correo.objects.filter(estado="enviado")}
    assert reintentar_correo(numero=devuelta.numero, actor=ana, ahora=timezone.now()) == 0
    assert no_vigentes(numero=devuelta.numero, ahora=timezone.now()) == 1


def test_un_recordatorio_pendiente_de_otro_ciclo_caduca_solo(devuelta, smtp):
    """The same, when it was waiting its turn and nobody retried it."""
    correo = recordar(devuelta, smtp)
    escenas.remandar(escenas.reponer(releida(devuelta), 1))
    despachar_correos()
    correo.refresh_from_db()
    assert correo.estado == "caducado"
    assert "reenviada" in {c.plantilla for c in Correo.objects.filter(estado="enviado")}


def test_un_recordatorio_anterior_a_un_acto_de_la_persona_no_se_envia(devuelta, smtp):
    """It is still hers to correct, but her clock began again: what it counted is over."""
    correo = recordar(devuelta, smtp)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        escenas.subir(releida(devuelta), 8)
        despachar_correos()
    correo.refresh_from_db()
    assert (releida(devuelta).estado, correo.estado) == (Estado.OBSERVADA, "caducado")


def test_lo_archivado_y_reabierto_no_se_cuenta_como_archivado(devuelta, smtp):
    """Of what came and went while the server was away only the last goes out."""
    gestion = escenas.desistida(devuelta)
    desarchivar(
        numero=gestion.numero,
        actor=PersonalFactory(papel="jefatura"),
        version=gestion.version,
        motivo="La persona lo pidió por escrito.",
        referencia="Oficio 3",
        ahora=timezone.now(),
    )
    despachar_correos()
    estados = dict(Correo.objects.values_list("plantilla", "estado"))
    assert (estados["desistida"], estados["desarchivada"]) == ("caducado", "enviado")


def test_un_recordatorio_que_espero_dice_los_dias_que_quedan(devuelta, smtp):
    """What is counted in days is counted when it goes out; the portal's notice keeps its own date."""
    correo = recordar(devuelta, smtp)
    assert "le quedan 7 días" in correo.asunto
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        despachar_correos()
    assert "le quedan 4 días para actuar" in smtp.recibidos[0]["Subject"]


def test_un_recordatorio_que_llega_tarde_promete_un_plazo_cierto(devuelta, smtp):
    """FB3: the archive waits seven days for it, so that is what it says."""
    recordar(devuelta, smtp)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        despachar_correos()
    assert "le quedan 7 días para actuar" in smtp.recibidos[0]["Subject"]


def test_un_previo_de_una_gestion_que_ya_no_espera_no_se_envia(devuelta, smtp):
    """C10, D1: «corrija» goes only while there is that to correct, whoever sends it."""
    escenas.remandar(escenas.reponer(devuelta, 1))
    despachar_correos()
    assert Correo.objects.get(plantilla="previo").estado == "caducado"


def test_lo_que_si_paso_se_cuenta_aunque_llegue_tarde(devuelta, smtp):
    """What tells a fact, and not a task, is told."""
    escenas.remandar(escenas.reponer(devuelta, 1))
    despachar_correos()
    assert {"enviada", "reenviada"} <= {c.plantilla for c in Correo.objects.filter(estado="enviado")}
    assert releida(devuelta).estado == Estado.RECIBIDA
