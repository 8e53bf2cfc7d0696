package macroplan.host

/** A request's body as text: at most so many bytes of valid UTF-8, or a Problem before anything else is done. */
final class Body {
    static String read(Asked asked, int bytesMax) {
        String length = asked.header('Content-Length')
        byte[] bytes
        try {
            InputStream stream = asked.body.call()
            bytes = stream.readNBytes(bytesMax + 1)
            if (bytes.length > bytesMax) {
                swallow(stream, bytesMax)
                throw new Problem(413, 'too_large', "A request may hold at most ${bytesMax} bytes.".toString())
            }
        } catch (IOException ignored) {
            throw endedEarly()
        }
        if (length?.isLong() && bytes.length < length.toLong()) throw endedEarly()
        String text = Utf8.decoded(bytes)
        if (text == null) throw Problem.badRequest('The request is not valid UTF-8.')
        if (text.indexOf(0) >= 0) throw Problem.badRequest('The request holds a zero byte.')
        return text
    }

    /** A sender that is still sending does not see an answer. One that sends without end gets cut off. */
    private static void swallow(InputStream stream, int bytesMax) {
        byte[] some = new byte[65_536]
        long left = 4L * bytesMax
        int count = 0
        while (left > 0 && count >= 0) {
            count = stream.read(some)
            left -= count
        }
    }

    private static Problem endedEarly() {
        return Problem.badRequest('The request ended before its body did.')
    }
}
