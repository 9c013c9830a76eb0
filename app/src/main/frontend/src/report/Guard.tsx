import { Component, type ComponentChildren } from 'preact';

/** Keeps a part that cannot be drawn from taking the rest of the report with it. */
export class Guard extends Component<{ title: string; children: ComponentChildren }, { problem: string | null }> {
  state = { problem: null };

  static getDerivedStateFromError(error: unknown) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  render() {
    if (this.state.problem === null) {
      return this.props.children;
    }
    return (
      <>
        <h2>{this.props.title}</h2>
        <p role="alert">This part cannot be shown: {this.state.problem}. Its numbers are in report.json.</p>
      </>
    );
  }
}
