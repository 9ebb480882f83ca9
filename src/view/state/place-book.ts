/** Places of several programs, each resolved when it is first seen on the screen. */
import { createPlaces } from '../../../reports/index.ts';
import type { Places, Sources } from '../../../reports/index.ts';
import type { ProgramModel } from '../model/program.ts';

export interface PlaceBook {
  of(program: ProgramModel): Places;
}

/** @param sourcesOf - reads source maps and files: no business of this folder */
export function createPlaceBook(sourcesOf: (program: ProgramModel) => Sources): PlaceBook {
  const books = new Map<ProgramModel, Places>();
  return {
    of(program) {
      let places = books.get(program);
      if (places === undefined) books.set(program, (places = createPlaces(program, sourcesOf(program))));
      return places;
    },
  };
}
