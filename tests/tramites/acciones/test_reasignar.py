"""«Reasignar»: jefatura hands it over."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.carreras import correr
from tramites.acciones.liberar import liberar
from tramites.acciones.reasignar import reasignar
from tramites.models import Estado, Gestion
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import Conflicto

AHORA = timezone.now()


JEFATURA = Usuario.Papel.JEFATURA


def hacer(accion, gestion: Gestion, quien: Usuario, **datos) -> Gestion:
    gestion = Gestion.objects.get(pk=gestion.pk)
    return accion(numero=gestion.numero, actor=quien, version=gestion.version, ahora=AHORA, **datos)


def test_reasignar_es_de_jefatura(titular):
    """matriz.md §3 `reasignar`: RECIBIDA and OBSERVADA, J; to whoever may review."""
    una, otra, jefa = escenas.analista(), escenas.analista(), escenas.analista(papel=JEFATURA)
    gestion = escenas.tomada(titular, una)
    with pytest.raises(NoPermitido):
        hacer(reasignar, gestion, una, a=otra)
    assert hacer(reasignar, gestion, jefa, a=otra).asignada_a == otra
    assert Evento.objects.get(tipo="reasignada").datos == {"anterior": una.pk, "nuevo": otra.pk}
    for mala in (escenas.analista(papel="consulta"), escenas.analista(is_active=False), titular):
        with pytest.raises(NoPermitido):
            hacer(reasignar, gestion, jefa, a=mala)


def test_jefatura_que_se_la_asigna_actua_como_analista(titular):
    """matriz.md §1."""
    jefa = escenas.analista(papel=JEFATURA)
    gestion = escenas.recibida(titular)
    with pytest.raises(NoPermitido):
        escenas.dictaminar(gestion, jefa, renglon=2)
    hacer(reasignar, gestion, jefa, a=jefa)
    assert escenas.dictaminar(gestion, jefa, renglon=2).veredictos.count() == 1


def test_quien_decide_sobre_lo_que_ya_cambio_de_manos_lo_sabe(titular):
    """mensajes.md §4: «{Nombre} la tiene ahora.»; one's own other tab is not somebody else."""
    una, jefa = escenas.analista(), escenas.analista(papel=JEFATURA)
    otra = escenas.analista(primer_nombre="MARTA", primer_apellido="XOL")
    gestion = escenas.tomada(titular, una)
    escenas.dictaminar(gestion, una, renglon=2)
    with pytest.raises(Conflicto, match="Otra pestaña"):
        liberar(numero=gestion.numero, actor=una, version=gestion.version, ahora=AHORA)
    hacer(reasignar, gestion, jefa, a=otra)
    with pytest.raises(Conflicto, match=r"MARTA XOL la tiene ahora\."):
        liberar(numero=gestion.numero, actor=una, version=gestion.version, ahora=AHORA)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_decidir_y_reasignar_a_la_vez_es_una_sola_de_las_dos():
    """S23, S24: both saw the same version; one of twenty stands."""
    una, otra, jefa = escenas.analista(), escenas.analista(), escenas.analista(papel=JEFATURA)
    gestion = escenas.observar_en(escenas.tomada(escenas.titular(), una), una, {1: escenas.FIRMA}, {})

    def intento(n: int) -> str:
        datos = {"numero": gestion.numero, "version": gestion.version, "ahora": AHORA}
        if n % 2:
            escenas.observar(actor=una, motivo="", **datos)
            return "previo"
        reasignar(actor=jefa, a=otra, **datos)
        return "reasignada"

    hechas = [s for s in correr(intento, Conflicto, NoPermitido) if isinstance(s, str)]
    assert len(hechas) == 1
    gestion = Gestion.objects.get(pk=gestion.pk)
    assert (gestion.estado == Estado.OBSERVADA) is (hechas == ["previo"])
    assert (gestion.asignada_a == otra) is (hechas == ["reasignada"])
    assert gestion.previos.count() == hechas.count("previo")
