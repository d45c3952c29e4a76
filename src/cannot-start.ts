/** Why the program cannot start, each line clear by itself. */
export class CannotStart extends Error {}
