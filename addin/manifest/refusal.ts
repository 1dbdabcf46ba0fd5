/** What the person at the command line got wrong. Shown without a stack. */
export class Refusal extends Error {
  /** The option that it is about, without dashes. */
  readonly option: string;
  readonly remedy: string;

  constructor(option: string, message: string, remedy: string) {
    super(message);
    this.name = 'Refusal';
    this.option = option;
    this.remedy = remedy;
  }
}
