// The notice's text cut where duties begin and end. Places are counted in code points, as the server counts them; a JavaScript
// string counts UTF-16 units, so every place goes through Array.from.
import type { Duty } from './types';

export interface Piece {
  text: string;
  duties: number[];  // indices of the duties whose clause this is a part of; none: plain text
  ends: number[];    // those whose clause ends here: their numbers are drawn behind it
}

type Span = Pick<Duty, 'from' | 'to'>;

export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const points = Array.from(text);
  const inside = (at: number): number => Math.min(Math.max(at, 0), points.length);
  const cuts = [...new Set([0, points.length, ...spans.flatMap((one) => [inside(one.from), inside(one.to)])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1]!;
    const duties = spans.flatMap((one, duty) => (one.from < to && one.to > from ? [duty] : []));
    return { text: points.slice(from, to).join(''), duties, ends: duties.filter((duty) => inside(spans[duty]!.to) === to) };
  });
}

export interface Place { quote: string; from: number; to: number }

// before: what stands before the selection; white space at its edges is not part of a clause.
export function placeOf(before: string, selected: string): Place | null {
  const quote = selected.trim();
  if (!quote) return null;
  const lead = selected.slice(0, selected.indexOf(quote));
  const from = Array.from(before + lead).length;
  return { quote, from, to: from + Array.from(quote).length };
}

// Where a clause that was typed stands in the text: of several places the one next to where it stood before.
export function findQuote(text: string, quote: string, near: number): Place | null {
  const wanted = quote.trim();
  if (!wanted) return null;
  let best: Place | null = null;
  for (let unit = text.indexOf(wanted); unit >= 0; unit = text.indexOf(wanted, unit + 1)) {
    const here = placeOf(text.slice(0, unit), wanted)!;
    if (!best || Math.abs(here.from - near) < Math.abs(best.from - near)) best = here;
  }
  return best;
}
