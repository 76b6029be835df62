// The whole interface: data, routes, and the thread that keeps it true.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { router } from './routes.tsx';
import { followStation } from './station/events.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The station's events say when something changed; nothing is asked again on a hunch.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: 1,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  useEffect(() => followStation(queries), []);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
