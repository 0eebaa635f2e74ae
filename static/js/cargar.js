/**
 * Uploading with visible progress. The server answers the same page or redirect as without script. What is
 * no answer of the portal (a proxy's error, the page of a network that asks to sign in) is told in words,
 * and the page stays with its file chosen.
 */
const MEGA = 1024 * 1024;
const HOLGURA = 64 * 1024; // as the server counts (subida.py), so that both say the same

document.addEventListener("submit", (evento) => {
  const formulario = evento.target;
  const progreso = formulario.querySelector("[data-progreso]");
  const archivo = [...formulario.querySelectorAll("input[type=file]")].flatMap((c) => [...c.files])[0];
  if (evento.defaultPrevented || !progreso || !archivo) return;
  evento.preventDefault();
  if ("cargando" in formulario.dataset) return;
  const { maxMb, muyGrande } = formulario.dataset;
  if (archivo.size > maxMb * MEGA) return rechazar(formulario, archivo, muyGrande);
  formulario.dataset.cargando = "";
  cargar(formulario, progreso, archivo, evento.submitter);
});

function cargar(formulario, progreso, archivo, boton) {
  const barra = progreso.querySelector("progress");
  const texto = progreso.querySelector("[data-texto]");
  const error = progreso.querySelector("[data-error]");
  const peticion = new XMLHttpRequest();
  let cuarto = 0;

  const avanzar = (parte) => {
    barra.value = parte;
    const ahora = Math.floor(parte / 25) * 25;
    if (ahora <= cuarto) return;
    cuarto = ahora;
    texto.textContent = texto.dataset.avance.replace("{n}", ahora);
  };
  const parar = () => {
    barra.hidden = true;
    texto.textContent = "";
    delete formulario.dataset.cargando;
    document.dispatchEvent(new Event("ceo:reintento"));
  };
  const decir = (clave) => {
    parar();
    const frase = progreso.querySelector(`[data-causa=${clave}]`).content.cloneNode(true);
    error.querySelector("[data-frase]").replaceChildren(frase);
    error.hidden = false;
  };
  const recibir = () => {
    const pagina = new DOMParser().parseFromString(peticion.responseText, "text/html");
    const propia = pagina.querySelector("main#contenido") && "sesion" in pagina.body.dataset;
    const destino = new URL(peticion.responseURL || location.href);
    if (destino.pathname === formulario.dataset.ingresar) decir("cerrada");
    else if (peticion.status === 413) {
      parar();
      rechazar(formulario, archivo, formulario.dataset.pesado);
    } else if ([502, 503, 504].includes(peticion.status)) decir("corte");
    else if (peticion.status >= 500) decir("falla");
    else if (!propia) decir("ajena");
    else mostrar(pagina, destino);
  };

  error.hidden = true;
  barra.hidden = false;
  progreso.hidden = false;
  barra.value = 0;
  texto.textContent = texto.dataset.avance.replace("{n}", 0);
  peticion.open("POST", formulario.action);
  peticion.upload.addEventListener("progress", (e) => e.lengthComputable && avanzar((e.loaded / e.total) * 100));
  peticion.addEventListener("load", recibir);
  peticion.addEventListener("error", () => decir("corte"));
  peticion.addEventListener("timeout", () => decir("corte"));
  peticion.send(new FormData(formulario, boton));
}

/** Puts the answer in the page's place: the redirect was already followed, so nothing is sent twice. */
function mostrar(pagina, destino) {
  const nuevo = pagina.querySelector("main");
  history.replaceState(null, "", destino);
  document.title = pagina.title;
  document.querySelector("main").replaceWith(nuevo);
  document.dispatchEvent(new Event("ceo:actividad"));
  const foco = nuevo.querySelector("[data-resumen], .franja[role]") ?? nuevo;
  foco.tabIndex = -1;
  foco.focus();
  scrollTo(0, 0);
}

/** Says why the file is not taken, as the server would: above and beside the field. */
function rechazar(formulario, archivo, frase) {
  const bytes = Math.max(formulario.dataset.maxMb * MEGA + 1, archivo.size - HOLGURA);
  const pesa = String(Math.ceil((bytes * 10) / MEGA) / 10);
  const dicho = frase.replace("{nombre}", () => archivo.name).replace("{n}", pesa);
  const control = formulario.querySelector("input[type=file]");
  const nuevos = document.getElementById("rechazo").content.cloneNode(true);
  nuevos.querySelectorAll("[data-frase]").forEach((e) => (e.textContent = dicho));
  const [resumen, error] = nuevos.children;
  document.querySelectorAll("main > [data-resumen], main > .franja[role], #error_archivo").forEach((e) => e.remove());
  document.querySelector("main").prepend(resumen);
  control.before(error);
  control.closest(".campo").classList.add("mal");
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", "error_archivo ayuda_archivo");
  document.title = `Error: ${document.title.replace(/^Error: /, "")}`;
  document.dispatchEvent(new Event("ceo:reintento"));
  resumen.focus();
}
