import type { Calibration } from './calibration.ts'

/** Made by `npm run calibrate`; do not edit. */
export const calibrationTable: Calibration = {
  signals: '0804db26060d7a28685e26de814db273f230a38ed256e13e37c66f47c97f4948',
  worlds: 144,
  check: '4b58a2a3e647e318a4a46117e193352ba87590f88caf604c9746785f3b7bcdd1',
  classes: {
    'agent-chain': ['', '', '4d:1 4e:1 4k:1 4l:2 4m:2p 4n:1c 4o:5h 4p:g 4q:o 4r:9 4s:t 4t:2 4u:1 4v:3 4w:1'],
    'airdrop-hunter': [
      '',
      '',
      '49:1 4a:f 4b:3m 4c:6s 4d:je 4e:9z 4f:2a 4g:1a 4h:1f 4i:1f 4j:i 4k:b 4l:5 4m:3 4p:1 4q:1 4s:2 4u:1 4v:1 52:2 53:4 57:1 5d:1',
    ],
    boutique: [
      '',
      '4h:1 4j:1 4m:2',
      '4d:3 4e:5 4f:34 4g:1d 4h:hw 4i:7t 4j:3q 4k:60 4l:5q 4m:4u 4n:x 4o:y 4p:c 4q:1 4r:1 4s:c 4t:b 4u:3 4v:2',
    ],
    cron: ['', '', '4f:f 4g:8 4h:28 4i:1d 4j:e 4k:8 4l:4 4m:3 4n:1 4o:2 4p:2 4q:1 4r:2 4s:1 5b:1 5n:1'],
    employer: [
      '4z:1',
      '4f:1 4g:5 4h:2 4i:s 4j:z 4k:1l 4l:1h 4m:1o 4n:1n 4o:13 4p:u 4q:1a 4r:13 4s:i 4t:a 4u:j 4v:1q 4w:1m 4x:n 4y:w 4z:c 50:5 51:4 52:4 53:2 55:1 56:1 5b:1 61:1 62:7 64:1 65:1 68:1',
      '49:y 4a:2a 4b:1y 4c:17 4d:11 4e:23 4f:3k 4g:4w 4h:5h 4i:5c 4j:4f 4k:3u 4l:32 4m:1t 4n:1z 4o:1j 4p:t 4q:f 4r:d 4s:e 4t:7 4u:6 4v:3 4w:4 4x:1 4y:1 50:1 54:1',
    ],
    'event-spike': ['4z:2 50:e 51:pp 52:3p 53:3l1 54:4 55:1 56:8 58:1 59:4 5c:3 5d:d 5f:5', '', ''],
    'exchange-user': [
      '',
      '4i:4 4j:15 4k:38 4l:5g 4m:6s 4n:9z 4o:4t 4p:7j 4q:7v 4r:34 4s:1c 4t:37 4u:2b 4v:16 4w:k 4x:6 4y:7 4z:4 50:2 51:1 52:1 55:1 57:1 58:1 59:2 5b:3 5c:1 5h:1 5k:3 5n:1',
      '',
    ],
    'faucet-user': [
      '51:jf 52:ti 53:lr 54:4x 55:1l 56:11 57:p 58:b 59:c 5a:9 5b:a 5c:b 5d:2 5e:2 5f:4 5g:7 5o:1 5x:1 5y:1 5z:1 62:1 67:1 68:6 6a:1',
      '4y:db 4z:vv 50:hp 51:5k 52:4e 53:2o 54:x 55:f 56:9 57:2 58:7 59:8 5a:5 5b:5 5d:1 5e:2 5f:2 5m:1 5r:2 5s:3 5t:1 5u:1 5v:1 5w:1 64:6 65:3 68:1',
      '',
    ],
    gateway: [
      '',
      '4f:1 4h:g 4i:5 4j:1',
      '48:7 49:10 4a:1j 4b:g 4c:5 4d:5 4e:d 4f:57 4g:2e 4h:th 4i:ci 4j:35 4k:4n 4l:2z 4m:1y 4n:1n 4o:1h 4p:1b 4q:w 4r:s 4s:2 4t:5 4u:3 4v:1 4x:1 4y:1 52:1 5a:1 5b:6 5f:1 5g:2 5k:4 5w:2 5x:2 60:1 6x:2',
    ],
    'launch-tester': [
      '8h:3 8x:1 92:3 93:9 94:3 98:1 9e:2 9h:1 9j:2 9m:3 9n:e 9o:5 9p:3 a7:1 ab:1 ag:3 ah:a aj:1 ak:1 b2:1 b3:1 b5:2 b7:2 b8:9 b9:1 ba:5 bb:5',
      '5f:1 5h:7 64:1 66:5 67:3 68:7 69:5 6a:5 6b:a 6d:f 6e:5 6f:4 6g:5 6i:8 6k:1 6l:2 6n:3 6o:4 6z:2 71:2 72:5 74:2 76:4 77:3 79:7 7a:d 7c:5 7d:1 7f:5 7g:5 7k:2 7m:3 7n:2 7o:2 7q:1 7r:i 7u:b 7x:9 7y:p 7z:1 80:u 81:1z 82:5 83:2 84:5 85:2 86:1 87:3 88:a 8b:g 8c:s 8d:7 8e:5 8f:1r 8g:d 8h:15 8i:2 8j:1s 8k:u 8l:h 8m:4v 8n:32 8o:13 8p:6 8q:k 8r:1 8s:d 8t:b 8u:3 8v:1a 8w:1m 8x:14 8y:g 8z:2d 90:1l 91:17 92:n 93:3k 94:1u 95:1w 96:9m 97:3y 98:3a 99:f 9a:1 9b:7 9e:5 9f:4 9g:3 9h:2 9i:5 9j:d 9k:c 9l:5 9m:9 9n:1e 9o:a 9p:e 9q:b 9r:j 9t:j 9u:1v 9v:1 9w:i 9x:w 9y:10 9z:a a0:40 a1:27 a2:10 a3:z a4:2 a6:1 a8:1 a9:6 ab:1 ac:p ad:1 ae:o af:7 ag:i ah:18 ai:l aj:z ak:f al:1x am:g an:13 ao:2k ap:1y aq:6 ar:4m as:6t at:p au:5g av:1 aw:3 ax:5 az:1 b0:2 b2:4 b3:3 b4:5 b5:m b6:3 b7:j b8:12 b9:4 ba:9 bb:6',
      '',
    ],
    'no control': [
      '4x:8 4y:r 4z:e8 50:w5 51:3l6 52:3oi 53:2va 54:ok 55:bk 56:5k 57:47 58:23 59:2j 5a:12 5b:1c 5c:15 5d:g 5e:q 5f:h 5g:r 5h:c 5i:8 5j:1 5k:1 5l:c 5o:1 5p:6 5q:1 5r:1 5s:5 5t:1 5u:3 5v:4 5w:9 5y:f 5z:1 60:2 62:6 64:3 65:2 66:9 67:8 68:p 69:3 6a:1 6b:1',
      '4d:1 4f:6 4g:b 4h:17 4i:14 4j:7y 4k:d3 4l:190 4m:11i 4n:gp 4o:7f 4p:45 4q:26 4r:16 4s:x 4t:f 4u:c 4v:f 4w:4a 4x:at 4y:vh 4z:1d3 50:ug 51:ip 52:h4 53:c0 54:3h 55:1y 56:1b 57:v 58:h 59:a 5a:4 5b:c 5c:8 5d:7 5e:8 5f:9 5g:6 5h:3 5i:3 5k:1 5l:1 5n:1 5p:2 5q:3 5r:c 5s:6 5t:2 5u:1 5v:1 5w:2 5x:1 5y:1 5z:1 60:1 62:1 63:3 64:6 65:4 66:1 67:4 68:1 69:1 6b:1',
      '48:2 49:b 4a:4m 4b:jn 4c:18s 4d:2ip 4e:1dg 4f:k6 4g:c1 4h:1al 4i:zs 4j:gv 4k:e7 4l:tv 4m:iy 4n:4s 4o:2l 4p:1j 4q:p 4r:n 4s:f 4t:e 4u:8 4v:3 4w:1 4x:3 4y:2 4z:1 51:2 52:2 53:2 54:6 55:7 56:4 57:4 58:7 59:1 5b:2 5c:7 5d:2 5e:2 5f:4 5g:2 5h:2 5i:9 5j:c 5l:2 5m:1 5n:6 5o:2 5p:1 5q:2 5r:8 5t:2',
    ],
    'paymaster-app': [
      '',
      '4k:38 4l:zk 4m:ru 4n:7u 4o:31 4p:v 4q:n 4r:c 4s:5 4t:a 4u:7 4v:1 4w:1 4x:2 4z:1 56:1 58:1 5c:1 5e:1 5f:3 5p:1 5r:8',
      '',
    ],
    'provider-consumer': [
      '',
      '',
      '47:4 48:2 49:1h 4a:2j 4b:1c 4c:y 4d:t 4e:d 4f:k 4g:b 4h:a 4i:5 4j:4 4k:1 4l:3 4o:1 4p:4 4r:1 4w:1',
    ],
  },
}
