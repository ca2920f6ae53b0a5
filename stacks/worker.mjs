/** The agent at the edge: answers what it is asked. What reports for it is deployed beside it. */
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    return Response.json({ asked: pathname });
  },
};
