"""Invented people of Guatemala: a number is always the same person, with a CUI that the portal takes."""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from cuentas.models import Usuario
from escritura.orden import clave_busqueda
from territorio import cui as reglas_cui
from territorio.models import Municipio

MUJERES = (
    "MARÍA", "ANA", "JUANA", "ROSA", "CATARINA", "DOLORES", "MARTA", "LUCÍA", "CARMEN", "ELENA", "JOSEFA",
    "IRMA", "GLORIA", "SILVIA", "BRENDA", "ROSALINDA", "HILDA", "OLGA", "VILMA", "BERTA", "ÁNGELA",
    "MÓNICA", "VERÓNICA", "SOFÍA", "INÉS", "BEATRIZ", "AURA", "TOMASA", "PETRONA", "MICAELA", "CANDELARIA",
    "MARÍA DEL CARMEN", "ANA LUCÍA", "FLOR DE MARÍA", "BLANCA", "ELVIRA", "ROSARIO", "SANDRA", "YESENIA",
)  # fmt: skip
HOMBRES = (
    "JOSÉ", "JUAN", "LUIS", "CARLOS", "PEDRO", "MANUEL", "FRANCISCO", "JORGE", "MIGUEL", "DOMINGO", "DIEGO",
    "MARIO", "VÍCTOR", "RAÚL", "ÓSCAR", "EDGAR", "JULIO", "CÉSAR", "MATEO", "ANDRÉS", "SEBASTIÁN", "PASCUAL",
    "GASPAR", "TOMÁS", "MARTÍN", "HÉCTOR", "RENÉ", "RUBÉN", "ESTUARDO", "OTTO", "ÁLVARO", "NICOLÁS",
    "ERWIN", "BYRON", "JOSÉ ANTONIO", "JUAN CARLOS", "MARCO TULIO", "FELIPE", "LORENZO", "SANTOS",
)  # fmt: skip
# As they are repeated: the first ones by thousands, the last ones seldom.
APELLIDOS = (
    "LÓPEZ", "GARCÍA", "MORALES", "HERNÁNDEZ", "PÉREZ", "GONZÁLEZ", "RODRÍGUEZ", "RAMÍREZ", "MÉNDEZ",
    "CASTILLO", "DE LEÓN", "JUÁREZ", "GÓMEZ", "VÁSQUEZ", "REYES", "CHOC", "TZOC", "CAAL", "COC", "TUM", "AJÚ",
    "XICARÁ",
    "IXCOT", "COJTÍ", "SIMÓN", "MARROQUÍN", "CHÁVEZ", "ORELLANA", "BARRIOS", "MONZÓN", "ALVARADO", "AGUILAR",
    "CUMES", "BATZ", "SALOJ", "TZUL", "QUIEJ", "POP", "CHUB", "ICAL", "TOJ", "RAXÓN", "SACALXOT", "PU", "US",
    "ZACARÍAS", "TUYUC", "XOL", "YAT", "CUC", "MUÑOZ", "NÚÑEZ", "PEÑATE", "IBÁÑEZ", "ORDÓÑEZ", "BOLAÑOS",
    "ARGUETA", "BÁMACA", "SAQUIC", "GUARCAX", "YAX", "CHAJ", "TZ'I", "B'ATZ'", "AJANEL", "ESCOBAR", "FUENTES",
    "GIRÓN", "LEMUS", "PALENCIA", "SAGASTUME", "URÍZAR", "VELÁSQUEZ", "WELMAN", "ZETINA", "SUCHITE", "ROSSAL",
)  # fmt: skip
OFICIOS = (
    "MAESTRA", "MAESTRO", "SECRETARIA", "ENFERMERA", "CONTADOR", "PILOTO", "CONSERJE", "POLICÍA",
    "INGENIERO AGRÓNOMO", "TRABAJADORA SOCIAL", "PERITO CONTADOR", "MÉDICO", "ALBAÑIL", "GUARDIÁN",
)  # fmt: skip
VIAS = ("CALLE", "AVENIDA", "CALLEJÓN", "CALZADA")
NACIDAS_DESDE, DIAS_DE_NACIMIENTO = date(1952, 1, 1), 13_000
# The first seven digits of their CUI: as many people as that may be told apart.
PRIMER_PREFIJO, PREFIJOS = 2_000_000, 2_900_000
_PASO = 1_618_033  # without a common factor: a walk through all of them
_MEZCLA, _MODULO = 6_364_136_223_846_793_005, 1 << 64
_RESTOS = tuple(
    (sum(p * int(d) for p, d in zip(reglas_cui.PESOS, f"{n:03}", strict=False))) % 11 for n in range(1000)
)
_RESTOS_4 = tuple(
    sum(p * int(d) for p, d in zip(range(5, 9), f"{n:04}", strict=True)) % 11 for n in range(10_000)
)


class _Nombre(NamedTuple):
    escrito: str
    buscable: str
    buzon: str


class Pueblo:
    """Everybody that may be invented in a base: needs its municipalities."""

    def __init__(self, semilla: int) -> None:
        lugares = list(
            Municipio.objects.filter(vigente=True)
            .order_by("codigo")
            .values_list("codigo", "nombre", "departamento_id", "departamento__nombre")
        )
        self._lugares, self._semilla = lugares, semilla * 0x9E3779B97F4A7C15
        self._mujeres, self._hombres = _nombres(MUJERES), _nombres(HOMBRES)
        self._apellidos = _nombres(APELLIDOS)
        self._frecuencias = list(accumulate(1 / (1 + n) ** 0.7 for n in range(len(APELLIDOS))))
        # Half of the people were born in a department's head, the first of its municipalities.
        self._pesos = list(accumulate(12 if c.endswith("01") else 1 for c, *_ in lugares))
        self._nacimientos = [NACIDAS_DESDE + timedelta(n) for n in range(DIAS_DE_NACIMIENTO)]
        self._fechas = [(d.isoformat(), f"{d:%d-%m-%Y}") for d in self._nacimientos]

    def persona(self, n: int) -> dict[str, str]:
        """The data of person `n`, by the names that `moldes` gives them."""
        h = _revuelto(n + self._semilla)
        mujer = h & 1
        nombres = self._mujeres if mujer else self._hombres
        n1, n2 = nombres[(h >> 1) % len(nombres)], nombres[(h >> 9) % len(nombres)]
        a1, a2 = self._apellido(h >> 17 & 0xFFFF), self._apellido(h >> 33 & 0xFFFF)
        codigo, municipio, depto, departamento = self._lugar(h >> 47 & 0x1FFF)
        partes = [p for p in (n1, n2 if h >> 60 else None, a1, a2 if h >> 58 & 7 else None) if p]
        segundo, materno = (n2.escrito if h >> 60 else ""), (a2.escrito if h >> 58 & 7 else "")
        cui, telefono = cui_de(n, codigo), f"{5_0000000 + h % 9_999_999}"
        nacida, nacida_leida = self._fechas[(h >> 20) % DIAS_DE_NACIMIENTO]
        return {
            "n1": n1.escrito, "n2": segundo, "a1": a1.escrito, "a2": materno,
            "n2_leido": segundo or "No indicado", "a2_leido": materno or "No indicado",
            "nombre": " ".join(p.escrito for p in partes), "busqueda": " ".join(p.buscable for p in partes),
            "cui": cui, "cui_leido": f"{cui[:4]} {cui[4:9]} {cui[9:]}",
            "correo": f"{n1.buzon}.{a1.buzon}{n}@demo.gt",
            "telefono": f"+502{telefono}", "telefono_leido": f"{telefono[:4]}-{telefono[4:]}",
            "direccion": f"{1 + (h >> 13) % 30}A. {VIAS[h >> 7 & 3]} {1 + (h >> 25) % 20}-"
            f"{1 + (h >> 30) % 99:02} ZONA {1 + (h >> 40) % 12}, {municipio.upper()}",
            "nacida": nacida, "nacida_leida": nacida_leida,
            "genero": "F" if mujer else "M", "genero_leido": "Femenino" if mujer else "Masculino",
            "depto": depto, "depto_leido": departamento, "municipio": codigo, "municipio_leido": municipio,
            "oficio": OFICIOS[(h >> 44) % len(OFICIOS)],
        }  # fmt: skip

    def _apellido(self, al_azar: int) -> _Nombre:
        return self._apellidos[bisect(self._frecuencias, self._frecuencias[-1] * al_azar / 0x10000)]

    def _lugar(self, al_azar: int) -> tuple[str, str, str, str]:
        return self._lugares[bisect(self._pesos, self._pesos[-1] * al_azar // 0x2000)]


def cui_de(n: int, municipio: str) -> str:
    """The CUI of person `n`, born there; no other begins with its seven digits. ValueError past the last."""
    if not 0 <= n < PREFIJOS:
        raise ValueError(f"Solo hay {PREFIJOS} personas inventadas.")
    prefijo = PRIMER_PREFIJO + n * _PASO % PREFIJOS
    resto = _RESTOS[prefijo // 10_000] + _RESTOS_4[prefijo % 10_000]
    # A remainder of ten has no check digit: then the eighth digit is another.
    octavo = n % 9
    verificador = (resto + 9 * octavo) % 11
    if verificador == 10:
        octavo, verificador = octavo + 1, (resto + 9 * octavo + 9) % 11
    return f"{prefijo}{octavo}{verificador}{municipio}"


def inventadas() -> int:
    """How many citizens of this base were invented here: the next is person so many."""
    desde, hasta = f"{PRIMER_PREFIJO}", f"{PRIMER_PREFIJO + PREFIJOS}"
    return Usuario.objects.filter(tipo=Usuario.Tipo.CIUDADANO, cui__gte=desde, cui__lt=hasta).count()


def _revuelto(n: int) -> int:
    """Sixty-four bits that look like chance (splitmix64)."""
    h = (n * 0x9E3779B97F4A7C15 + _MEZCLA) % _MODULO
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9 % _MODULO
    h = (h ^ h >> 27) * 0x94D049BB133111EB % _MODULO
    return h ^ h >> 31


def _nombres(escritos: Sequence[str]) -> list[_Nombre]:
    return [
        _Nombre(n, clave_busqueda(n), clave_busqueda(n).replace(" ", "").replace("'", "")) for n in escritos
    ]
