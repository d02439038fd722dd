package io.walnut.web.problem;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The largest body that the API reads: 5 MiB. The server's own limit lies far above it, because the server answers what
 * it turns away without a word, or not at all.
 */
final class BodyLimit {
    private static final long MOST_BYTES = 5L << 20;

    private BodyLimit() {
    }

    /** More came than the API reads, of a body whose length was not said beforehand. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Whether the request itself says that its body is too large. */
    static boolean isExceeded(HttpServletRequest request) {
        return request.getContentLengthLong() > MOST_BYTES;
    }

    /** The same request; a body of unknown length, sent in chunks, ends with {@link Exceeded} at the limit. */
    static HttpServletRequest bound(HttpServletRequest request) {
        return request.getContentLengthLong() >= 0 ? request : new Bounded(request);
    }

    private static final class Bounded extends HttpServletRequestWrapper {
        private ServletInputStream body;

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new Counted(super.getInputStream());
            }
            return body;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String encoding = getCharacterEncoding();
            return new BufferedReader(new InputStreamReader(getInputStream(),
                encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding)));
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private long seen;

        Counted(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int more) throws Exceeded {
            seen += more;
            if (seen > MOST_BYTES) {
                throw new Exceeded();
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
