/** The page. */
export function App() {
  return <main>Monge Studio</main>;
}
