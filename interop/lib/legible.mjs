// What a person would see of a page. The function runs in the browser, so it uses nothing around it.

/** The least contrast of text (WCAG 2.2, 1.4.3), and the least height of a letter that is still read. */
export function examine({ open }) {
  const LEAST_CONTRAST = 4.5;
  const LEAST_PIXELS = 9;

  const box = (element) => element.getBoundingClientRect();
  const brief = (element) => `${element.tagName}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) =>
    channels(color)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const background = (element) => {
    // A label of the drawing stands on the box before it, or on the page.
    const shape = element.matches('svg text') && element.previousElementSibling?.matches('rect');
    const color = shape ? getComputedStyle(element.previousElementSibling).fill : getComputedStyle(element).backgroundColor;
    const [, , , alpha = 1] = channels(color);
    return alpha > 0 ? color : background(element.parentElement);
  };
  const ink = (element) => getComputedStyle(element)[element.matches('svg text') ? 'fill' : 'color'];
  const size = (element) => {
    const svg = element.closest('svg');
    return parseFloat(getComputedStyle(element).fontSize) * (svg ? box(svg).width / svg.viewBox.baseVal.width : 1);
  };
  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getClientRects().length;
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  if (open) {
    all('details').forEach((details) => (details.open = true));
  }
  // On a screen all is opened; on paper what is folded away is left out, and on a phone the heads of columns are.
  const wanted = (element) => element.checkVisibility() || (open && !element.closest('thead'));
  const texts = all('body *').filter((element) => hasText(element) && wanted(element));
  const svg = document.querySelector('svg');
  const drawing = box(svg);
  const inside = ({ left, right }, outer) => left >= outer.left - 0.5 && right <= outer.right + 0.5;
  return {
    alive: all('script, img, iframe, object, embed, link, base, form').map(brief),
    outside: [
      ...(document.scrollingElement.scrollWidth > innerWidth ? [`the page is ${document.scrollingElement.scrollWidth} wide`] : []),
      ...all('body *').filter((element) => !inside(box(element), { left: 0, right: innerWidth })).map(brief),
      ...all('svg text, svg rect, svg line').filter((element) => !inside(box(element), drawing)).map(brief),
      ...all('pre, figure').filter((element) => element.scrollWidth > element.clientWidth).map(brief),
    ],
    squeezed: all('th, td.client').filter((element) => lines(element) > 1).map(brief),
    illegible: texts
      .map((element) => ({ element, ratio: contrast(ink(element), background(element)) }))
      .filter(({ element, ratio }) => ratio < LEAST_CONTRAST || size(element) < LEAST_PIXELS || !element.checkVisibility())
      .map(({ element, ratio }) => `${brief(element)} (${ratio.toFixed(1)} to 1, ${size(element).toFixed(1)} pixels)`),
    drawn: drawing.width > 200 && drawing.height > 100,
    arrows: all('svg line[marker-end]').filter((line) => box(line).width > 0).length,
    articles: all('article').map(({ textContent }) => textContent),
    rows: all('tbody tr').map(({ textContent }) => textContent),
  };
}
