// Lets one of several players sound: the heard camera may be in two tiles, and would be heard twice.

export interface Sounding {
  listen(isHeard: boolean): void;
}

export class OneVoice {
  /** The first one sounds. */
  readonly #players: Sounding[] = [];

  /** Sounds, unless another one does already, until the answer is called; then the next one goes on. */
  join(player: Sounding): () => void {
    this.#players.push(player);
    if (this.#players.length === 1) player.listen(true);
    return () => {
      const at = this.#players.indexOf(player);
      if (at === -1) return;
      this.#players.splice(at, 1);
      if (at > 0) return;
      player.listen(false);
      this.#players[0]?.listen(true);
    };
  }
}
