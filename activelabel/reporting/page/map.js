"use strict";
// The map's details by pointer, touch and keyboard. Without it every point still has its title.
(() => {
  const map = document.getElementById("map");
  if (!map) return;
  const box = document.getElementById("map-box");
  const text = document.getElementById("map-text");
  const thumb = document.getElementById("map-thumb");
  const here = document.getElementById("map-here");
  const points = Array.from(map.querySelectorAll("use[data-item]"), (mark) => {
    return { mark, x: Number(mark.getAttribute("x")), y: Number(mark.getAttribute("y")) };
  });
  const REACH = 30; // units of the drawing: further from any point nothing is meant
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let current = null;
  box.hidden = false;

  function show(point) {
    current = point;
    text.textContent = point.mark.querySelector("title").textContent;
    here.setAttribute("x", point.x);
    here.setAttribute("y", point.y);
    here.setAttribute("visibility", "visible");
    if (!thumb) return;
    thumb.toggleAttribute("hidden", !point.mark.dataset.box);
    if (point.mark.dataset.box) thumb.setAttribute("viewBox", point.mark.dataset.box);
  }

  function best(score) {
    let found = null;
    let least = Infinity;
    for (const point of points) {
      const value = score(point);
      if (value < least) [found, least] = [point, value];
    }
    return found;
  }

  function pointed(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const near = best((point) => Math.hypot(point.x - at.x, point.y - at.y));
    if (near && Math.hypot(near.x - at.x, near.y - at.y) <= REACH) show(near);
  }

  function moved(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = current || { x: 360, y: 260 };
    // as far ahead as possible counts against a point, twice as much what lies to the side
    const next = best((point) => {
      const [dx, dy] = [point.x - from.x, point.y - from.y];
      const ahead = dx * arrow[0] + dy * arrow[1];
      return point === current || ahead <= 0 ? Infinity : ahead + 2 * Math.abs(dx * arrow[1] + dy * arrow[0]);
    });
    if (next) show(next);
  }

  map.addEventListener("pointermove", pointed);
  map.addEventListener("pointerdown", pointed);
  map.addEventListener("keydown", moved);
})();
