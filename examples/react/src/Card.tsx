export function Card({ title }: { title: string }) {
  return <strong>🎫 {title}</strong>
}
